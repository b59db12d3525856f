"""Cases of partly known clusters, and what ER-Evaluation says of each: run by an environment that has it.

    python sampled_clusters.py            prints [{sample, prediction, measures: {name: [value, standard error]}}]
"""

import json
import math
import random
import warnings

CASES = 24


def cases():
    """Predictions that merge and split true clusters of many sizes, and size-proportional samples of these."""
    for seed in range(CASES):
        chance = random.Random(seed)
        truth = {}
        for cluster in range(chance.randint(4, 30)):
            for item in range(min(40, 1 + int(chance.expovariate(0.4)))):
                truth[f"s{cluster}.{item}"] = f"c{cluster}"
        prediction = {item: cluster for item, cluster in truth.items()}
        for item in truth:
            if chance.random() < 0.15:
                prediction[item] = chance.choice(sorted(truth.values()))
            elif chance.random() < 0.15:
                prediction[item] = f"alone {item}"
        drawn = {truth[chance.choice(sorted(truth))] for _ in range(chance.randint(2, 12))}
        sample = {item: cluster for item, cluster in truth.items() if cluster in drawn}
        yield {"sample": sample, "prediction": prediction}


def main():
    warnings.filterwarnings("ignore")
    import er_evaluation
    import pandas

    estimators = {
        "pairwise.precision": er_evaluation.pairwise_precision_estimator,
        "pairwise.recall": er_evaluation.pairwise_recall_estimator,
        "b-cubed.precision": er_evaluation.b_cubed_precision_estimator,
        "b-cubed.recall": er_evaluation.b_cubed_recall_estimator,
    }
    judged = []
    for case in cases():
        sample, prediction = pandas.Series(case["sample"]), pandas.Series(case["prediction"])
        measures = {}
        for name, estimator in estimators.items():
            value, error = (float(number) for number in estimator(prediction, sample, "cluster_size"))
            measures[name] = [None if math.isnan(value) else value, None if math.isnan(error) else error]
        judged.append(case | {"measures": measures})
    print("[" + ",\n".join(json.dumps(case, sort_keys=True) for case in judged) + "]")


if __name__ == "__main__":
    main()
