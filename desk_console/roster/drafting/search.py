"""The search: a whole-model solver that proves, and neighbourhood searches that improve.

Two workers at most, each a thread: the solver works outside the interpreter's lock. Whatever comes
first ends it: proof, time, or a word from outside; the best draft so far is always at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic

from ortools.sat.python import cp_model

from desk_console.roster.checking import is_sound
from desk_console.roster.drafting.beginning import one_by_one
from desk_console.roster.drafting.costs import cost as cost_of
from desk_console.roster.drafting.model import Model
from desk_console.roster.drafting.neighbourhoods import Neighbourhoods
from desk_console.roster.drafting.progress import Found, Phase, Progress
from desk_console.roster.problem import Draft, Problem
from desk_console.roster.quality import quality
from desk_console.roster.rotation import by_rotation

STEP_SECONDS = 3.0
"""How long one neighbourhood is searched at most."""
PATIENCE_SECONDS = 15.0
"""How long the whole-model solver may go on without raising the bound before its worker turns to
neighbourhoods as well.
"""
LAST_SECONDS = 0.3
"""How long a solver is given to stop."""
NEAR = 0.01
"""A gap so small that it is worth going on to prove."""


class Search:
    """One search for one problem."""

    def __init__(
        self,
        problem: Problem,
        *,
        seconds: float,
        workers: int = 2,
        start: Draft | None = None,
        tell: Callable[[Progress, Draft | None], None] = lambda progress, draft: None,
        seed: int = 1,
    ) -> None:
        """`start` is a draft to begin from, sound or not; `tell` hears of each better draft (with
        the draft) and each better bound (with None), one at a time, from the search's threads.
        """
        self._problem = problem
        self._until = monotonic() + seconds
        self._began = monotonic()
        self._workers = max(1, min(2, workers))
        self._start = start
        self._tell = tell
        self._seed = seed
        self._lock = Lock()
        self._stopped = Event()
        self._solvers: set[cp_model.CpSolver] = set()
        self._best: Draft | None = None
        self._cost: int | None = None
        self._bound: int | None = None
        self._is_impossible = False
        self._error: BaseException | None = None
        self._first = Event()
        self._prover: cp_model.CpSolver | None = None
        self._rose_at = self._began

    def stop(self) -> None:
        """Ends it soon, with the best so far."""
        self._stopped.set()
        self._first.set()
        with self._lock:
            solvers = list(self._solvers)
        for solver in solvers:
            solver.stop_search()

    def run(self) -> Found:
        """Searches until proof, time or `stop`. A solver that is slow to stop is not waited for."""
        threads = [
            Thread(target=self._work, args=(number,), daemon=True)
            for number in range(self._workers)
        ]
        for thread in threads:
            thread.start()
        self._stopped.wait(self._left())
        self.stop()
        for thread in threads:
            thread.join(LAST_SECONDS)
        if self._error is not None:
            raise self._error
        with self._lock:
            return Found(self._best, self._cost, self._bound, self._is_impossible)

    def _work(self, number: int) -> None:
        """One worker: the first proves, the others improve, each as long as there is time."""
        try:
            if number == 0:
                self._prove()
            self._improve(number)
        except BaseException as error:  # Told to whoever runs the search, in its own thread.
            self._error = error
            self._stopped.set()

    def _is_over(self) -> bool:
        return self._stopped.is_set() or monotonic() >= self._until

    def _left(self) -> float:
        return max(0.01, self._until - monotonic())

    # The whole model.

    def _prove(self) -> None:
        model = Model(self._problem)
        model.solver_model.minimize(cost_of(model))
        if self._start is not None:
            model.hint(self._start)
        solver = self._solver()
        solver.parameters.max_time_in_seconds = self._left()
        solver.parameters.linearization_level = 2
        watch = _Watch(self, model, solver)
        solver.best_bound_callback = watch.bound_rose
        self._prover = solver
        with _Running(self, solver):
            status = solver.solve(model.solver_model, watch)
        self._prover = None
        if status == cp_model.INFEASIBLE and self._cost is None:
            self._is_impossible = True
            self._first.set()
            self._let_go()
        elif status == cp_model.OPTIMAL:
            self._rise(round(solver.objective_value))
            self.stop()

    def _let_go(self) -> None:
        """Makes a draft that breaks as few hard rules as can be found: what a pin, a leave or a
        limit makes impossible must not leave the supervisor with an empty sheet.
        """
        model = Model(self._problem, groups=True)
        model.solver_model.minimize(model.let_go() + cost_of(model))
        if self._start is not None:
            model.hint(self._start)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self._workers
        solver.parameters.max_time_in_seconds = self._left()
        with _Running(self, solver):
            status = solver.solve(model.solver_model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.keep(model.draft(solver.value))
        self.stop()

    def _has_stalled(self) -> bool:
        if self._cost is None or monotonic() - self._rose_at < PATIENCE_SECONDS:
            return False
        return self._cost - (self._bound or 0) > NEAR * self._cost

    def _rise(self, bound: int) -> None:
        with self._lock:
            if self._bound is None or bound > self._bound:
                self._rose_at = monotonic()
                self._bound = bound if self._cost is None else min(bound, self._cost)
                self._say(None)
            is_proved = self._cost is not None and self._bound == self._cost
        if is_proved:
            self.stop()

    def keep(self, draft: Draft) -> int:
        """Takes a sound draft where it is better; returns how much it gained."""
        cost = quality(self._problem, draft).total
        with self._lock:
            gain = 1 if self._cost is None else self._cost - cost
            if gain < 0:
                return 0
            self._best = draft
            if gain:
                self._cost = cost
                if self._bound is not None:
                    self._bound = min(self._bound, cost)
                self._say(draft)
            is_proved = self._bound == self._cost
        self._first.set()
        if is_proved:
            self.stop()
        return gain

    def _say(self, draft: Draft | None) -> None:
        phase = Phase.BEGINNING if self._cost is None else Phase.IMPROVING
        self._tell(Progress(monotonic() - self._began, self._cost, self._bound, phase), draft)

    # Neighbourhoods.

    def _improve(self, number: int) -> None:
        model = Model(self._problem)
        if not model.cells:
            return  # Nobody can have any duty: the prover says so at once.
        cost = model.solver_model.new_int_var(0, 10**12, "cost")
        model.solver_model.add(cost == cost_of(model))
        model.solver_model.minimize(cost)
        self._begin(model)
        choice = Neighbourhoods(self._problem, self._seed * 10 + number)
        turn = 0
        while not (self._is_over() or self._is_impossible):
            self._rouse()
            with self._lock:
                best, limit = self._best, self._cost
            if best is None or limit is None:
                return
            kind, is_free = choice.next(best)
            model.fix(best, is_free)
            model.solver_model.proto.variables[cost.index].domain[1] = limit
            turn += 1
            solver = self._solver()
            solver.parameters.random_seed = turn
            solver.parameters.linearization_level = 2
            solver.parameters.max_time_in_seconds = min(STEP_SECONDS, self._left())
            solver.parameters.cp_model_probing_level = 0
            solver.parameters.symmetry_level = 0
            with _Running(self, solver):
                status = solver.solve(model.solver_model)
            gain = 0
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                gain = self.keep(model.draft(solver.value))
            is_searched = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
            choice.learn(kind, is_searched=is_searched, gain=gain)

    def _begin(self, model: Model) -> None:
        """Finds a first draft, near the one to begin from: the prover takes long to come to one."""
        start = by_rotation(self._problem) if self._start is None else self._start
        if is_sound(self._problem, start):
            self.keep(start)
        elif (made := one_by_one(self._problem, self._is_over)) and is_sound(self._problem, made):
            start = made
            self.keep(start)
        if self._first.is_set():
            return
        model.hint(start)
        solver = self._solver()
        solver.parameters.linearization_level = 0  # To come to any draft needs no relaxation.
        solver.parameters.stop_after_first_solution = True
        solver.parameters.max_time_in_seconds = self._left()
        with _Running(self, solver):
            status = solver.solve(model.solver_model)
        model.forget_hint()
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.keep(model.draft(solver.value))
        self._first.wait(self._left())

    def _rouse(self) -> None:
        """Has the prover's worker do something else where it gets nowhere."""
        prover = self._prover
        if prover is not None and self._has_stalled():
            prover.stop_search()

    def _solver(self) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        return solver


class _Running:
    """While a solver runs, `stop` reaches it."""

    def __init__(self, search: Search, solver: cp_model.CpSolver) -> None:
        self._search = search
        self._solver = solver

    def __enter__(self) -> None:
        with self._search._lock:
            self._search._solvers.add(self._solver)

    def __exit__(self, *_: object) -> None:
        with self._search._lock:
            self._search._solvers.discard(self._solver)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hears of the whole-model solver's drafts and bounds, and ends it when it stalls."""

    def __init__(self, search: Search, model: Model, solver: cp_model.CpSolver) -> None:
        super().__init__()
        self._search = search
        self._model = model

    def on_solution_callback(self) -> None:
        self._search.keep(self._model.draft(self.value))

    def bound_rose(self, bound: float) -> None:
        self._search._rise(int(bound + 0.999999))
