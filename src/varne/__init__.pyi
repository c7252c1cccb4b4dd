from .assessment import Assessment as Assessment
from .assessment import assess as assess
from .encounter.scenario import Scenario as Scenario
from .facts.own import OwnNumbers as OwnNumbers
from .simulation import Simulation as Simulation
from .simulation import simulate as simulate
