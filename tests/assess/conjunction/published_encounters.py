"""Encounters others have published, read from the shared data and brought to metres."""

import json

import numpy as np

from baken.assess.conjunction.encounter import combined_covariance_m2, encounter_plane

KILOMETRE_M = 1e3


def case_of(shared_data, name):
    return json.loads((shared_data / "truth" / name).read_text())["cases"]


def seen_with_own_rtn(one, other, covariance_1_m2, covariance_2_m2):
    (r1, v1), (r2, v2) = one, other
    combined = combined_covariance_m2(r1, v1, covariance_1_m2, r2, v2, covariance_2_m2)
    return encounter_plane(np.subtract(r2, r1), np.subtract(v2, v1), combined)


def kelvins(shared_data):
    """Return the 434 Kelvins conjunctions as one batch: encounters, radii in metres, and what is expected."""
    cases = case_of(shared_data, "open_pc_armellin_kelvins.json")
    one, other = (np.array([c[side] for c in cases]) * KILOMETRE_M for side in ("p_state_km", "s_state_km"))
    covariances = []
    for side in ("p_cov_rr_tt_nn_rt_rn_tn_km2", "s_cov_rr_tt_nn_rt_rn_tn_km2"):
        rr, tt, nn, rt, rn, tn = (np.array([c[side] for c in cases]) * KILOMETRE_M**2).T
        covariances.append(np.array([[rr, rt, rn], [rt, tt, tn], [rn, tn, nn]]).transpose(2, 0, 1))
    seen = seen_with_own_rtn((one[:, :3], one[:, 3:]), (other[:, :3], other[:, 3:]), *covariances)
    radius_m = np.array([c["hbr_km"] for c in cases]) * KILOMETRE_M
    return seen, radius_m, {key: np.array([c["exp"][key] for c in cases]) for key in cases[0]["exp"]}
