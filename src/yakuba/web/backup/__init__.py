"""The backup centre's receiving door as HTTP."""
