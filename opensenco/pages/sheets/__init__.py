"""The sheet of a class or group: how to teach these pupils, on screen and on paper."""
