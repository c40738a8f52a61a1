"""An order on its way: days, postage, couriers, traces, hurrying, refusing it."""
