public import Artifact

extension ColumnGroup {
  /// The same value after `change`, for those of its columns that an initialiser does not name.
  @inlinable public consuming func with<Failure: Error>(
    _ change: (inout Self) throws(Failure) -> Void
  ) throws(Failure) -> Self {
    try change(&self)
    return self
  }
}
