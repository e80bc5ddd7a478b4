"""Compiled training loop of multinomial logistic regression on sparse rows."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True, inline="always")
def row_gradient(indices, data, label, weight, coef, bias, gradient):
    """Weighted loss of a row; ``gradient`` (float32, (n_classes,)) of its scores is written.

    Returns
    -------
    loss, squared : float
        The loss, and the squared length of the gradient.
    """
    classes = bias.shape[0]
    for k in range(classes):
        gradient[k] = bias[k]
    for i in range(indices.shape[0]):
        feature = indices[i]
        value = data[i]
        for k in range(classes):
            gradient[k] += value * coef[feature, k]
    highest = gradient.max()
    norm = np.float32(0)
    for k in range(classes):
        gradient[k] = np.exp(gradient[k] - highest)
        norm += gradient[k]
    squared = np.float32(0)
    for k in range(classes):
        gradient[k] /= norm
    loss = -weight * np.log(max(gradient[label], np.float32(1e-12)))
    gradient[label] -= np.float32(1)
    for k in range(classes):
        gradient[k] *= weight
        squared += gradient[k] * gradient[k]
    return loss, squared


@njit(cache=True, nogil=True)
def train_epoch(indptr, indices, data, y, sample_weight, coef, bias, squares, rate, l2):
    """One pass of AdaGrad over the rows; ``coef``, ``bias``, ``squares`` change.

    Parameters
    ----------
    indptr, indices, data : arrays
        A CSR matrix of shape (n, n_features).
    y : int array, shape (n,)
        Class of each row.
    sample_weight : float32 array, shape (n,)
    coef : float32 array, shape (n_features, n_classes)
    bias : float32 array, shape (n_classes,)
    squares : float32 array, shape (n_features + 1,)
        Sum of squared gradients of each feature, the last one for the bias.
    rate : float
        Learning rate.
    l2 : float
        Weight decay, felt by a feature whenever it occurs.

    Returns
    -------
    float
        Mean weighted loss of the pass.

    Notes
    -----
    One step size a feature is shared by its classes. J. Duchi et al., "Adaptive subgradient
    methods for online learning and stochastic optimization", JMLR 12, 2011.
    """
    classes = bias.shape[0]
    gradient = np.empty(classes, np.float32)
    last = squares.shape[0] - 1
    total = 0.0
    mass = 0.0
    for row in range(y.shape[0]):
        weight = sample_weight[row]
        if weight == 0:
            continue
        begin, end = indptr[row], indptr[row + 1]
        loss, squared = row_gradient(
            indices[begin:end], data[begin:end], y[row], weight, coef, bias, gradient
        )
        total += loss
        mass += weight
        for i in range(begin, end):
            feature = indices[i]
            value = data[i]
            squares[feature] += squared * value * value
            step = np.float32(rate) / np.sqrt(squares[feature] + np.float32(1e-8))
            for k in range(classes):
                coef[feature, k] -= step * (
                    gradient[k] * value + np.float32(l2) * weight * coef[feature, k]
                )
        squares[last] += squared
        step = np.float32(rate) / np.sqrt(squares[last] + np.float32(1e-8))
        for k in range(classes):
            bias[k] -= step * gradient[k]
    return total / max(mass, 1e-12)


@njit(cache=True, nogil=True)
def train_epoch_near(
    indptr,
    indices,
    data,
    y,
    sample_weight,
    coef,
    bias,
    squares,
    rate,
    anchor,
    bias_anchor,
    strength,
    bias_strength,
):
    """As :func:`train_epoch`, but each weight is pulled to where it was before.

    Parameters
    ----------
    anchor, bias_anchor : float32 arrays of the shapes of ``coef`` and ``bias``
        Weights of before.
    strength : float32 array of the shape of ``coef``
        Curvature with which a weight is held, for each unit of weighted squared value that
        it sees in this pass.
    bias_strength : float32 array, shape (n_classes,)
        The same of the bias, for each unit of weight.

    Returns
    -------
    float
        Mean weighted loss of the pass.

    Notes
    -----
    The pull is applied implicitly (a proximal step), so that a strong one cannot overshoot.
    """
    classes = bias.shape[0]
    gradient = np.empty(classes, np.float32)
    last = squares.shape[0] - 1
    one = np.float32(1)
    total = 0.0
    mass = 0.0
    for row in range(y.shape[0]):
        weight = sample_weight[row]
        if weight == 0:
            continue
        begin, end = indptr[row], indptr[row + 1]
        loss, squared = row_gradient(
            indices[begin:end], data[begin:end], y[row], weight, coef, bias, gradient
        )
        total += loss
        mass += weight
        for i in range(begin, end):
            feature = indices[i]
            value = data[i]
            squares[feature] += squared * value * value
            step = np.float32(rate) / np.sqrt(squares[feature] + np.float32(1e-8))
            for k in range(classes):
                hold = step * strength[feature, k] * weight * value * value
                moved = coef[feature, k] - step * gradient[k] * value
                coef[feature, k] = (moved + hold * anchor[feature, k]) / (one + hold)
        squares[last] += squared
        step = np.float32(rate) / np.sqrt(squares[last] + np.float32(1e-8))
        for k in range(classes):
            hold = step * bias_strength[k] * weight
            moved = bias[k] - step * gradient[k]
            bias[k] = (moved + hold * bias_anchor[k]) / (one + hold)
    return total / max(mass, 1e-12)


@njit(cache=True, nogil=True)
def add_slot_mass(indptr, indices, data, weights, out):
    """Add to ``out`` (float64, shape (n_features,)) the weighted squares of each slot."""
    for row in range(indptr.shape[0] - 1):
        for i in range(indptr[row], indptr[row + 1]):
            out[indices[i]] += weights[row] * data[i] * data[i]
