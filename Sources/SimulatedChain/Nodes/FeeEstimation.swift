/// How a node answers `estimatesmartfee`.
package enum FeeEstimation: String, Sendable, Hashable, CaseIterable {
  /// Follows the market at once when it falls; the default since Bitcoin Core 28.
  case economical
  /// Keeps the level of the last days for hours after the market fell; the default before.
  case conservative
  /// Has seen too few blocks since its start, and answers that it does not know.
  case unready
}
