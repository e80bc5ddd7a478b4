"""How a fitted classifier learns on, is merged with others and calibrated anew."""

from __future__ import annotations

from typing import Any, Self


class UpdatingMixin:
    """Changes of a fitted model that need none of the messages it was trained on."""

    fit: Any

    def _check_fitted(self) -> None:
        raise NotImplementedError

    def partial_fit(self, X, y, classes=None, scam_types=None) -> Self:
        """Learn on from new messages without forgetting the old ones.

        Weights are pulled to where they were, the more the more evidence was behind them,
        so no old message is needed. Calibration and operating points stay as they are:
        :meth:`recalibrate` measures them anew.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame, shape (n_messages,)
        y : array-like of str, shape (n_messages,)
            Labels; a fitted model learns no new ones.
        classes : array-like of str, optional
            Accepted for scikit-learn's sake; a model that is not fitted is fitted.
        scam_types : array-like of str or None, shape (n_messages,), optional
            Types of the scams; by default the column ``scam_type`` of ``X``.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If the model was saved without its state, or knows no such label.
        """
        from scamclassify.classifiers.updating import update_model

        if not hasattr(self, "classes_"):
            return self.fit(X, y, scam_types=scam_types)
        update_model(self, X, y, scam_types)
        return self

    def merge(self, *others: Self) -> Self:
        """A model of what this and other models know, made without any message.

        Parameters
        ----------
        *others : ScamClassifier
            Fitted apart, with the same ``n_features`` and labels.

        Returns
        -------
        ScamClassifier
            A new model with the parameters of this one.

        Raises
        ------
        ValueError
            If the models do not go together, or one was saved without its state.

        See Also
        --------
        scamclassify.classifiers.merging.merge_models : how it is done.
        """
        from scamclassify.classifiers.merging import merge_models

        return merge_models([self, *others])

    def next_round(self, merged: Self, X, y, scam_types=None) -> Self:
        """What this model becomes when it learns on from the merged one, to be merged again.

        After a first :meth:`merge` every agency trains its model anew on its own messages, this
        time with what the others know, and the models are merged once more. Agencies with
        messages of different languages or sources then come close to one model trained on
        everything.

        Parameters
        ----------
        merged : ScamClassifier
            What this model and the others were merged to.
        X : iterable of str, or pandas.DataFrame, shape (n_messages,)
            The messages that this model was trained on.
        y : array-like of str, shape (n_messages,)
        scam_types : array-like of str or None, shape (n_messages,), optional
            Types of the scams; by default the column ``scam_type`` of ``X``.

        Returns
        -------
        ScamClassifier
            A new model, which weighs as much as this one when it is merged.

        Raises
        ------
        ValueError
            If the models do not go together, or one was saved without its state.

        Examples
        --------
        >>> from scamclassify import ScamClassifier
        >>> a = [["win a prize", "see you soon"] * 5, ["scam", "ham"] * 5]
        >>> b = [["menang hadiah", "jumpa lagi"] * 5, ["scam", "ham"] * 5]
        >>> models = [
        ...     ScamClassifier(n_features=2**10, calibration_folds=0, random_state=0).fit(*part)
        ...     for part in (a, b)
        ... ]
        >>> merged = models[0].merge(models[1])
        >>> first, second = (
        ...     model.next_round(merged, *part)
        ...     for model, part in zip(models, (a, b), strict=True)
        ... )
        >>> first.merge(second).n_messages_
        20
        """
        from scamclassify.classifiers.rounds import train_next_round

        self._check_fitted()
        return train_next_round(self, merged, X, y, scam_types)

    def recalibrate(self, X, y, groups=None) -> Self:
        """Measure calibration, operating points and unsure bands on messages not trained on.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame
            Its column ``source``, where there is one, makes every source count the same.
        y : array-like of str, shape (n_messages,)
        groups : ignored

        Returns
        -------
        self
        """
        from scamclassify.classifiers.fitting import recalibrate_model

        self._check_fitted()
        recalibrate_model(self, X, y)
        return self
