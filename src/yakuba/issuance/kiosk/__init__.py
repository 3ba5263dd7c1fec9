"""kiosk (コンビニ交付): certificates at the machines of shops, by way of the 証明書交付センター.

One conversation of one person at one machine is one session, and the session's state is a row of the database: whoever
comes second (a repeated request, a late result, another process) finds it taken and changes nothing.
"""
