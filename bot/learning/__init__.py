"""What a shop's own past chats teach: frequent questions without a script, messages worth a label."""
