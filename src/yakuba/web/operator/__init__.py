"""The group's dashboard (共同利用): figures per municipality for operators, and never a name."""
