"""Tokens (API の合い言葉): a program acts as one account of one municipality, until a day, within its rights."""
