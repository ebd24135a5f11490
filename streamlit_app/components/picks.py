"""What the reader has picked, which stands in the address and nowhere else."""

import streamlit as st

from catalogue.picked import picked_work_ids


def liked() -> tuple[int, ...]:
    """The work_ids that the reader likes, in the order of picking."""
    return picked_work_ids(st.query_params.get("like", ""))


def disliked() -> tuple[int, ...]:
    """The work_ids that are not for the reader, in the order of picking."""
    return picked_work_ids(st.query_params.get("dislike", ""))


def with_pick(picked: tuple[int, ...], work_id: int) -> str:
    """Return the picks with one more, as the address holds them."""
    return _written((*(each for each in picked if each != work_id), work_id))


def without_pick(picked: tuple[int, ...], work_id: int) -> str:
    """Return the picks without this one, as the address holds them."""
    return _written(tuple(each for each in picked if each != work_id))


def like(work_id: int) -> None:
    """Put the work among those that the reader likes."""
    _put(with_pick(liked(), work_id), without_pick(disliked(), work_id))


def dislike(work_id: int) -> None:
    """Put the work among those that are not for the reader."""
    _put(without_pick(liked(), work_id), with_pick(disliked(), work_id))


def take_off(work_id: int) -> None:
    """Let the work be neither."""
    _put(without_pick(liked(), work_id), without_pick(disliked(), work_id))


def _put(likes: str, dislikes: str) -> None:
    for name, value in (("like", likes), ("dislike", dislikes)):
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)
    st.session_state["add"] = ""  # The box has served: the next search begins anew.


def _written(picked: tuple[int, ...]) -> str:
    return ",".join(str(work_id) for work_id in picked)
