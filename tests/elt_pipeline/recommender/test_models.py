"""Tests of the models as the evaluation calls them, and of the choice of their parameters."""

import numpy as np
from scipy.sparse import csr_array

from elt_pipeline.recommender.evaluation import Judged, Model, Scores
from elt_pipeline.recommender.models import by_popularity, by_weights, choose, choose_models, pruned_ease

# Two tastes: works 0 to 2, and works 3 to 5.
LIKED = csr_array(np.array([[1, 1, 1, 0, 0, 0], [1, 1, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 1.0]]))
JUDGED = Judged(csr_array(np.array([[1.0, 0, 0, 0, 0, 0]])), csr_array(np.array([[0, 1.0, 0, 0, 0, 0]])))


def test_popularity_shows_everybody_the_same() -> None:
    assert by_popularity(LIKED)(JUDGED.inputs).tolist() == [[2, 2, 2, 2, 2, 2]]


def test_weights_add_the_rows_of_what_was_liked() -> None:
    weights = csr_array(np.array([[0, 0.5, -0.1], [0.2, 0, 0], [0, 0.1, 0]]))
    assert by_weights(weights)(csr_array(np.array([[1.0, 0, 1]]))).tolist() == [[0, 0.6, -0.1]]


def test_ease_prefers_what_readers_of_one_taste_share() -> None:
    scores = by_weights(pruned_ease(LIKED, 0.5))(JUDGED.inputs)[0]
    assert scores.argmax() == 1
    assert max(scores[3:]) < scores[1]


def test_the_parameter_with_the_best_ranking_is_chosen_and_of_equal_ones_the_first() -> None:
    def ranks_at(place: float) -> Model:
        def scores(inputs: csr_array) -> Scores:
            return np.eye(6)[[int(place)]].repeat(inputs.shape[0], axis=0)

        return scores

    assert choose("a model", "place", (5, 1, 0), ranks_at, JUDGED).parameters == {"place": 1}
    assert choose("a model", "place", (4, 5), ranks_at, JUDGED).parameters == {"place": 4}


def test_three_models_are_compared_and_told_by_name() -> None:
    assert [model.name for model in choose_models(LIKED, JUDGED)] == ["popularity", "item kNN", "EASE, 128 per work"]
