"""Patrol routes and their points (9.3). A round is a recurring task that names a route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import accept
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.shift.records import PatrolPoint, PatrolRoute


@dataclass(frozen=True, slots=True)
class RouteView:
    """A route with its points in order, each as (Chinese, English)."""

    id: int
    code: str
    zh: str
    en: str
    points: tuple[tuple[str, str], ...]
    is_active: bool = True


def add_route(
    desk: Desk, by_id: int, *, code: str, zh: str, en: str, points: Sequence[tuple[str, str]]
) -> int:
    """Adds a route with its points; returns its id. A route without a point is refused."""
    named = [(accept(point_zh), accept(point_en)) for point_zh, point_en in points]
    code, zh, en = accept(code), accept(zh), accept(en)
    if not (code and zh and named and all(point_zh for point_zh, _ in named)):
        raise Refusal("shift.route_incomplete")
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        if work.session.exec(select(PatrolRoute).where(PatrolRoute.code == code)).first():
            raise Refusal("shift.route_twice", code=code)
        route = PatrolRoute(code=code, zh=zh, en=en or zh)
        work.session.add(route)
        work.session.flush()
        for position, (point_zh, point_en) in enumerate(named, 1):
            work.session.add(
                PatrolPoint(
                    route_id=route.id or 0, position=position, zh=point_zh, en=point_en or point_zh
                )
            )
        work.journal("shift.route_added", by=by_id, subject=f"route:{route.id}", points=len(named))
        return route.id or 0


def change_route(
    desk: Desk,
    by_id: int,
    route_id: int,
    *,
    zh: str,
    en: str,
    points: Sequence[tuple[str, str]],
    is_active: bool = True,
) -> None:
    """Changes a route's name and points, or takes it out of use; rounds that were logged keep the
    points they had."""
    named = [(accept(point_zh), accept(point_en)) for point_zh, point_en in points]
    zh, en = accept(zh), accept(en)
    if not (zh and named and all(point_zh for point_zh, _ in named)):
        raise Refusal("shift.route_incomplete")
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        route = work.session.get(PatrolRoute, route_id)
        if route is None:
            raise Refusal("shift.route_unknown")
        before = {"zh": route.zh, "en": route.en, "is_active": route.is_active}
        route.zh, route.en, route.is_active = zh, en or zh, is_active
        work.session.add(route)
        _set_points(work.session, route_id, named)
        work.journal(
            "shift.route_changed",
            by=by_id,
            subject=f"route:{route_id}",
            before=before,
            after={"zh": route.zh, "en": route.en, "is_active": is_active, "points": len(named)},
        )


def _set_points(session: Session, route_id: int, named: Sequence[tuple[str, str]]) -> None:
    """Points that are kept stay the rows they are; those left out go out of use."""
    kept = {
        one.zh: one
        for one in session.exec(select(PatrolPoint).where(PatrolPoint.route_id == route_id))
    }
    for one in kept.values():
        one.is_active = False
        session.add(one)
    for position, (zh, en) in enumerate(named, 1):
        point = kept.get(zh) or PatrolPoint(route_id=route_id, position=position, zh=zh, en=en)
        point.position, point.en, point.is_active = position, en or zh, True
        session.add(point)


def routes(session: Session, *, active: bool = True) -> tuple[RouteView, ...]:
    """The routes in use, each with its points in order; with `active` false all there are."""
    points = session.exec(
        select(PatrolPoint)
        .where(col(PatrolPoint.is_active))
        .order_by(col(PatrolPoint.route_id), col(PatrolPoint.position))
    ).all()
    query = select(PatrolRoute).order_by(col(PatrolRoute.id))
    if active:
        query = query.where(col(PatrolRoute.is_active))
    rows = session.exec(query)
    return tuple(
        RouteView(
            id=route.id or 0,
            code=route.code,
            zh=route.zh,
            en=route.en,
            points=tuple((point.zh, point.en) for point in points if point.route_id == route.id),
            is_active=route.is_active,
        )
        for route in rows
    )
