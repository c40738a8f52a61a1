"""What is read from a parcel's trace, from a customer's address in her own words, and from an invoice title."""

from datetime import datetime, timedelta

import pytest

from bot.shop.orders import address, invoice, order_choice, order_note
from bot.shop.orders.address import Receiver
from bot.shop.orders.invoice import Title
from bot.shop.parcels import parcel
from bot.shop.parcels.parcel import ParcelStatus
from bot.shop.records.orders import OrderState, TraceEntry

NOW = datetime(2026, 11, 20, 14, 0)


@pytest.mark.parametrize(
    ("text", "hours", "status"),
    [
        ("【杭州云溪】快件已揽收", 3, ParcelStatus.MOVING),
        ("快件到达广州转运中心", 72, ParcelStatus.STALLED),
        ("商家已打包，等待揽收", 3, ParcelStatus.WAITING),
        ("商家已打包，等待揽收", 90, ParcelStatus.STALLED),
        ("快件已到网点，正在派送", 1, ParcelStatus.OUT_FOR_DELIVERY),
        ("快件已放在桂影小桥驿站，取件码 6-2-075", 90, ParcelStatus.AT_STATION),
        ("快件已签收，签收人：门卫", 90, ParcelStatus.SIGNED),
        ("快件在深圳等待清关", 90, ParcelStatus.CUSTOMS),
        ("因暴雪道路封闭，快件暂停运输", 90, ParcelStatus.WEATHER),
        ("两次联系不上收件人，派送失败", 5, ParcelStatus.FAILED),
        ("快件退回，正发往杭州", 5, ParcelStatus.RETURNING),
    ],
)
def test_the_newest_scan_says_where_the_parcel_stands(text, hours, status):
    trace = (TraceEntry(time=NOW - timedelta(days=9), text="快件已揽收"),)
    found = parcel.read((*trace, TraceEntry(time=NOW - timedelta(hours=hours), text=text)), NOW, 48)
    assert found.status is status
    assert found.text == text


def test_station_code_and_signer_are_read_only_where_the_trace_names_them():
    def read(text):
        return parcel.read((TraceEntry(time=NOW, text=text),), NOW, 48)

    at_station = read("快件已放在桂影小桥驿站，取件码 6-2-075")
    assert (at_station.place, at_station.code) == ("桂影小桥驿站", "6-2-075")
    assert read("快件已签收，签收人：门卫").signer == "门卫"
    plain = read("快件到达广州转运中心")
    assert (plain.place, plain.code, plain.signer) == ("", "", "")
    assert parcel.read((), NOW, 48).status is ParcelStatus.NO_TRACE


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        (
            "换成我妈家，收件人王桂兰 15400000088 湖南省长沙市岳麓区麓山路1号3栋2单元501",
            Receiver("王桂兰", "15400000088", "湖南", "湖南省长沙市岳麓区麓山路1号3栋2单元501"),
        ),
        ("收件人王桂兰 15400000088", Receiver("王桂兰", "15400000088")),
        ("电话改成154 0000 0077", Receiver(phone="15400000077")),
        ("收件人改成李晓明", Receiver("李晓明")),
        (
            "地址改成江苏省苏州市桂影区小桥街8号",
            Receiver(region="江苏", address="江苏省苏州市桂影区小桥街8号"),
        ),
        ("成都市芙蓉区银杏巷21号 6栋 1104", Receiver(region="四川", address="成都市芙蓉区银杏巷21号6栋1104")),
        ("送到云溪区菜场路9号吧", Receiver(address="云溪区菜场路9号")),
        ("收件人改成我妈 王秀兰 15400000099", Receiver("王秀兰", "15400000099")),
        ("收件人换成我同事李雷", Receiver("李雷")),
        ("收件人改成我妈", Receiver()),
        (
            "两单地址都改成江苏省苏州市桂影区小桥街8号",
            Receiver(region="江苏", address="江苏省苏州市桂影区小桥街8号"),
        ),
        ("地址换成我妈家", Receiver()),
        ("收货地址填错了，帮我改一下", Receiver()),
        ("你们发什么快递", Receiver()),
        ("算了不改了", Receiver()),
    ],
)
def test_recipient_phone_and_address_are_read_as_far_as_they_are_told(text, receiver):
    assert address.read(text) == receiver


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("不对 是3单元", "长沙市麓山路1号3栋3单元501"),
        ("应该是5栋", "长沙市麓山路1号5栋2单元501"),
        ("5栋3单元", "长沙市麓山路1号5栋3单元501"),
        ("不对", "长沙市麓山路1号3栋2单元501"),
        ("是8楼", "长沙市麓山路1号3栋2单元501"),
    ],
)
def test_a_correction_mends_only_the_part_it_names(text, mended):
    assert address.corrected("长沙市麓山路1号3栋2单元501", text) == mended


def test_a_phone_is_never_read_back_in_full():
    assert address.masked_phone("15400000088") == "154****0088"
    assert address.masked_phone("12345") == "***45"
    assert address.masked_phone("") == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "抬头杭州青禾科技有限公司 税号91330106MA2B1C2D3E",
            Title("杭州青禾科技有限公司", "91330106MA2B1C2D3E"),
        ),
        ("青禾小学工会", Title("青禾小学工会")),
        ("税号 81430000mb0c12345x", Title("", "81430000MB0C12345X")),
        ("个人抬头就行", Title(is_person=True)),
        ("抬头写周晓禾", Title("周晓禾", is_person=True)),
        ("个人 周晓禾", Title("周晓禾", is_person=True)),
        ("公司", Title(is_company=True)),
        ("开单位的", Title(is_company=True)),
        ("发到 qinghe@example.com", Title(email="qinghe@example.com")),
        (
            "税号91330106MA2B1C2D3E 邮箱 qinghe＠example.com",
            Title("", "91330106MA2B1C2D3E", email="qinghe@example.com"),
        ),
        ("开发票", Title()),
        ("我的订单号是88261100010042", Title()),
    ],
)
def test_a_title_is_read_with_its_tax_number(text, title):
    assert invoice.read(text) == title


@pytest.mark.parametrize(
    ("text", "is_data"),
    [
        ("公司抬头 杭州青禾科技有限公司", True),
        ("91330106MA2B1C2D3E", True),
        ("发票发到 qinghe@example.com", True),
        ("788000000002034", False),
        ("我在科技公司上班", False),
        ("能开发票吗", False),
    ],
)
def test_what_can_only_be_meant_for_an_invoice_is_known_by_itself(text, is_data):
    assert invoice.is_data(text) is is_data


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公司发票怎么开 名字云溪棉业有限公司 大衣那单", "云溪棉业有限公司"),
        ("开个公司发票 单位叫云溪棉业有限公司", "云溪棉业有限公司"),
        ("顺便开个公司发票 抬头云溪棉业有限公司", "云溪棉业有限公司"),
        ("顺便开个公司发票，公司名字是云溪棉业有限公司", "云溪棉业有限公司"),
        ("开个公司发票云溪棉业有限公司", "云溪棉业有限公司"),
        ("公司发票抬头云溪棉业有限公司", "云溪棉业有限公司"),
        ("给我开个云溪棉业有限公司的发票", "云溪棉业有限公司"),
        ("公司全称云溪棉业有限公司", "云溪棉业有限公司"),
        ("单位名称：云溪棉业有限公司", "云溪棉业有限公司"),
        ("开个学校的发票 青禾小学", "青禾小学"),
        ("帮我开张家港云溪棉业有限公司", "张家港云溪棉业有限公司"),
        ("新开元公司", "新开元公司"),
        ("开个公司发票", ""),
        ("帮我开张公司发票", ""),
        ("给我公司开发票", ""),
    ],
)
def test_what_is_asked_for_is_never_taken_for_the_name(text, name):
    assert invoice.read(text).name == name


def test_a_company_needs_its_tax_number_a_person_only_a_name():
    assert not Title("青禾公司").is_complete
    assert Title("青禾公司", "91330106MA2B1C2D3E").is_complete
    assert Title("周晓禾", is_person=True).is_complete
    joined = Title(is_person=True).joined(Title("青禾公司"))
    assert (joined.name, joined.is_person) == ("青禾公司", False)


def test_an_invoice_is_made_out_only_for_what_was_paid_and_kept(shop):
    order = shop.orders["20261120000002"]
    allowed = {s for s in OrderState if invoice.may_have_one(order.model_copy(update={"state": s}))}
    assert allowed == invoice.INVOICEABLE
    assert OrderState.UNPAID not in allowed and OrderState.REFUNDING not in allowed


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("备注一下放门口", "放门口"),
        ("帮我备注：送人的，不要放小票", "送人的，不要放小票"),
        ("放门口就行，别打电话", "放门口就行，别打电话"),
        ("备注一下", ""),
        ("能不能送货上门吗", "送货上门"),
    ],
)
def test_a_note_is_the_wish_without_the_asking(text, note):
    assert order_note.note_in(text) == note


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("到哪了", ["20261120000002", "20261119000001"]),
        ("最早那单", ["20261119000001"]),
        ("最近买的那件", ["20261120000002"]),
        ("围巾到哪了", ["20261119000001"]),
        ("今天拍的那单", ["20261120000002"]),
        ("昨天拍的那单", ["20261120000002", "20261119000001"]),
        ("还没发货的那个", ["20261120000002"]),
        ("730那个", ["20261119000001"]),
        ("49.9的到哪了", ["20261120000002"]),
        ("买了730天了", ["20261120000002", "20261119000001"]),
    ],
)
def test_an_order_is_meant_by_product_day_place_in_line_or_state(shop, now, text, ids):
    own = [order for order in shop.orders.values() if order.customer_id == "c-lin"]
    assert [order.id for order in order_choice.narrowed(shop, own, text, now)] == ids
