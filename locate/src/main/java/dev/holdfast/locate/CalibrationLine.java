package dev.holdfast.locate;

import java.util.Arrays;

/**
 * A line through logarithms of distances over one or two explaining variables: the line of least
 * absolute deviations, which single routes with long detours hardly move.
 *
 * <p>It is found by iteratively reweighted least squares: a least-squares fit whose weights are
 * divided by the size of the residuals of the fit before, again and again. A ridge holds the slopes
 * near what is known beforehand (distance grows as delay does, and somewhat with dissimilarity), as
 * strongly as {@value #RIDGE} pairs would; it matters for small meshes only.
 */
final class CalibrationLine {
  private static final int ROUNDS = 30;

  /** How many pairs the expected slopes count for. */
  private static final double RIDGE = 30;

  /** The slopes expected of the logarithms of the delay and of the dissimilarity. */
  private static final double[] EXPECTED_SLOPES = {1, 0.3};

  /** Residuals below this count as this large, lest one pair rule the fit. */
  private static final double LEAST_RESIDUAL = 0.02;

  /** The size of a common residual: with it a pair keeps about the weight that it began with. */
  private static final double COMMON_RESIDUAL = 0.25;

  /** The intercept, then the slopes. */
  private final double[] coefficients;

  private CalibrationLine(double[] coefficients) {
    this.coefficients = coefficients;
  }

  /**
   * Fits a line.
   *
   * @param explaining the variables, each with one value for each pair
   * @param weights of the pairs, in any unit
   */
  static CalibrationLine fit(double[][] explaining, double[] values, double[] weights) {
    double unit = values.length / Arrays.stream(weights).sum();
    double[] current = Arrays.stream(weights).map(weight -> weight * unit).toArray();
    CalibrationLine line = leastSquares(explaining, values, current);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < values.length; i++) {
        double residual = Math.abs(values[i] - line.at(explaining, i));
        current[i] = weights[i] * unit * COMMON_RESIDUAL / Math.max(residual, LEAST_RESIDUAL);
      }
      line = leastSquares(explaining, values, current);
    }
    return line;
  }

  /** Weighted least squares with the ridge, by the normal equations. */
  private static CalibrationLine leastSquares(
      double[][] explaining, double[] values, double[] weights) {
    int size = explaining.length + 1;
    double[][] equations = new double[size][size + 1];
    double[] row = new double[size + 1];
    row[0] = 1;
    for (int i = 0; i < values.length; i++) {
      for (int k = 1; k < size; k++) {
        row[k] = explaining[k - 1][i];
      }
      row[size] = values[i];
      for (int a = 0; a < size; a++) {
        for (int b = a; b <= size; b++) {
          equations[a][b] += weights[i] * row[a] * row[b];
        }
      }
    }
    for (int a = 1; a < size; a++) {
      for (int b = 0; b < a; b++) {
        equations[a][b] = equations[b][a];
      }
      equations[a][a] += RIDGE;
      equations[a][size] += RIDGE * EXPECTED_SLOPES[a - 1];
    }
    return new CalibrationLine(solve(equations));
  }

  /**
   * Gauss's elimination; the ridge keeps the matrix positive definite, so pivots need no search.
   */
  private static double[] solve(double[][] equations) {
    int size = equations.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int below = pivot + 1; below < size; below++) {
        double factor = equations[below][pivot] / equations[pivot][pivot];
        for (int column = pivot; column <= size; column++) {
          equations[below][column] -= factor * equations[pivot][column];
        }
      }
    }
    double[] solution = new double[size];
    for (int i = size - 1; i >= 0; i--) {
      double rest = equations[i][size];
      for (int k = i + 1; k < size; k++) {
        rest -= equations[i][k] * solution[k];
      }
      solution[i] = rest / equations[i][i];
    }
    return solution;
  }

  private double at(double[][] explaining, int pair) {
    double value = coefficients[0];
    for (int k = 0; k < explaining.length; k++) {
      value += coefficients[k + 1] * explaining[k][pair];
    }
    return value;
  }

  /** The values of the line for all pairs. */
  double[] at(double[][] explaining) {
    double[] values = new double[explaining[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(explaining, i);
    }
    return values;
  }

  /** The value of a line over one variable. */
  double at(double variable) {
    return coefficients[0] + coefficients[1] * variable;
  }

  /** The value of a line over two variables. */
  double at(double first, double second) {
    return at(first) + coefficients[2] * second;
  }
}
