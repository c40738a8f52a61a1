"""Who takes a message: plain words and the shop's data go before the reading; what is read unsurely comes last."""
