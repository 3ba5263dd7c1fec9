"""The simulator (交付センターの模擬): many machines at once, as clumsy as real ones, that look at every paper they get.

It speaks to the service over the network only, and reads on the page itself whose paper it is.
"""
