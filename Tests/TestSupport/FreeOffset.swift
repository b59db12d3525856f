/// Shifts of a simulated network's addresses, tried one after the other until one is free: networks stand
/// side by side on a machine, those of other tests and of the outside judges.
public enum FreeOffset {
  /// - Parameters:
  ///   - first: the shift that is tried first, from 30 on and below 180.
  ///   - body: is to fail with an error whose text names `simnet.address-in-use` where the addresses are taken.
  public static func find<Result>(
    from first: Int, _ body: (Int) async throws -> Result
  ) async throws -> Result {
    for offset in candidates(first) {
      do { return try await body(offset) } catch  where isTaken(error) {}
    }
    return try await body(first)
  }

  /// The same of programs that are waited for.
  public static func find<Result>(
    from first: Int, _ body: (Int) throws -> Result
  ) throws -> Result {
    for offset in candidates(first) {
      do { return try body(offset) } catch  where isTaken(error) {}
    }
    return try body(first)
  }

  private static func candidates(_ first: Int) -> [Int] {
    (0..<19).map { 30 + (first - 30 + $0 * 8) % 150 }
  }

  private static func isTaken(_ error: any Error) -> Bool {
    "\(error)".contains("simnet.address-in-use")
  }
}
