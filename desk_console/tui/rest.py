"""What is loaded once the first figures stand: the mapped tables, and the acts behind the keys.

The first figures are read without any of it (`foundation.reading`); it is loaded aside while they
are being read, so that the first key finds it there.
"""

from desk_console.matters import acts as acts
from desk_console.matters import views as views
from desk_console.people import pins as pins
from desk_console.shift import arrivals as arrivals
from desk_console.shift import step_out as step_out
from desk_console.wiring import declare_tables

declare_tables()
