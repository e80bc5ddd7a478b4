"""Compiled training loop of multinomial logistic regression on sparse rows.

Weights lie in one table of float32, shape (n_features + 1, n_classes + 1): a row of weights for
each feature, the last row for the bias, and beside the weights of a row the sum of its squared
gradients, so that a step fetches one line of memory a feature.
"""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True, inline="always")
def row_gradient(indices, data, label, weight, base, table, gradient):
    """Weighted loss of a row; ``gradient`` (float32, (n_classes,)) of its scores is written.

    ``base`` (float32, (n_classes,)) is what its scores are without the features.

    Returns
    -------
    loss, squared : float
        The loss, and the squared length of the gradient.
    """
    classes = gradient.shape[0]
    for k in range(classes):
        gradient[k] = table[-1, k] + base[k]
    if classes == 3:
        # The three labels: sums that stay in registers.
        x, y, z = gradient[0], gradient[1], gradient[2]
        for i in range(indices.shape[0]):
            feature, value = indices[i], data[i]
            x += value * table[feature, 0]
            y += value * table[feature, 1]
            z += value * table[feature, 2]
        gradient[0], gradient[1], gradient[2] = x, y, z
    else:
        for i in range(indices.shape[0]):
            feature, value = indices[i], data[i]
            for k in range(classes):
                gradient[k] += value * table[feature, k]
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


@njit(cache=True, nogil=True, inline="always")
def step_size(table, feature, square, rate):
    """Add to a feature's sum of squares, and return its step size."""
    last = table.shape[1] - 1
    table[feature, last] += square
    return rate / np.sqrt(table[feature, last] + np.float32(1e-8))


@njit(cache=True, nogil=True)
def train_epoch(indptr, indices, data, y, sample_weight, base, table, rate, l2):
    """One pass of AdaGrad over the rows; ``table`` changes.

    Parameters
    ----------
    indptr, indices, data : arrays
        A CSR matrix of shape (n, n_features).
    y : int array, shape (n,)
        Class of each row.
    sample_weight : float32 array, shape (n,)
    base : float32 array, shape (n, n_classes)
        Scores of each row that the features are added to.
    table : float32 array, shape (n_features + 1, n_classes + 1)
        Weights and sums of squared gradients, as the module describes.
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
    classes = table.shape[1] - 1
    gradient = np.empty(classes, np.float32)
    rate, l2 = np.float32(rate), np.float32(l2)
    total = 0.0
    mass = 0.0
    for row in range(y.shape[0]):
        weight = sample_weight[row]
        if weight == 0:
            continue
        begin, end = indptr[row], indptr[row + 1]
        loss, squared = row_gradient(
            indices[begin:end], data[begin:end], y[row], weight, base[row], table, gradient
        )
        total += loss
        mass += weight
        decay = l2 * weight
        if classes == 3:
            a, b, c = gradient[0], gradient[1], gradient[2]
            for i in range(begin, end):
                feature, value = indices[i], data[i]
                step = step_size(table, feature, squared * value * value, rate)
                table[feature, 0] -= step * (a * value + decay * table[feature, 0])
                table[feature, 1] -= step * (b * value + decay * table[feature, 1])
                table[feature, 2] -= step * (c * value + decay * table[feature, 2])
        else:
            for i in range(begin, end):
                feature, value = indices[i], data[i]
                step = step_size(table, feature, squared * value * value, rate)
                for k in range(classes):
                    table[feature, k] -= step * (gradient[k] * value + decay * table[feature, k])
        step = step_size(table, -1, squared, rate)
        for k in range(classes):
            table[-1, k] -= step * gradient[k]
    return total / max(mass, 1e-12)


@njit(cache=True, nogil=True)
def train_epoch_near(
    indptr,
    indices,
    data,
    y,
    sample_weight,
    base,
    table,
    rate,
    anchor,
    bias_anchor,
    strength,
    bias_strength,
):
    """As :func:`train_epoch`, but each weight is pulled to where it was before.

    Parameters
    ----------
    anchor, bias_anchor : float32 arrays, shape (n_features, n_classes) and (n_classes,)
        Weights of before.
    strength : float32 array of the shape of ``anchor``
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
    classes = table.shape[1] - 1
    gradient = np.empty(classes, np.float32)
    rate = np.float32(rate)
    one = np.float32(1)
    total = 0.0
    mass = 0.0
    for row in range(y.shape[0]):
        weight = sample_weight[row]
        if weight == 0:
            continue
        begin, end = indptr[row], indptr[row + 1]
        loss, squared = row_gradient(
            indices[begin:end], data[begin:end], y[row], weight, base[row], table, gradient
        )
        total += loss
        mass += weight
        for i in range(begin, end):
            feature, value = indices[i], data[i]
            step = step_size(table, feature, squared * value * value, rate)
            for k in range(classes):
                hold = step * strength[feature, k] * weight * value * value
                moved = table[feature, k] - step * gradient[k] * value
                table[feature, k] = (moved + hold * anchor[feature, k]) / (one + hold)
        step = step_size(table, -1, squared, rate)
        for k in range(classes):
            hold = step * bias_strength[k] * weight
            moved = table[-1, k] - step * gradient[k]
            table[-1, k] = (moved + hold * bias_anchor[k]) / (one + hold)
    return total / max(mass, 1e-12)


@njit(cache=True, nogil=True)
def add_slot_mass(indptr, indices, data, weights, out):
    """Add to ``out`` (float64, shape (n_features,)) the weighted squares of each slot."""
    for row in range(indptr.shape[0] - 1):
        for i in range(indptr[row], indptr[row + 1]):
            out[indices[i]] += weights[row] * data[i] * data[i]
