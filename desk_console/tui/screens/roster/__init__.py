"""The roster on the screen: the month in two faces, its requests, the drafting that runs."""
