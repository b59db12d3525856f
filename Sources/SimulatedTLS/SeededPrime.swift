internal import COpenSSL

/// Primes from a seed: a sieve, then Fermat's test to the base 2.
///
/// A random odd number of 512 bits or more that passes is prime but for a chance below 2⁻⁵⁰
/// (Pomerance 1981; Damgård, Landrock and Pomerance 1993); enough for a key that guards nothing.
enum SeededPrime {
  /// Small odd primes, and how far the sieve reaches.
  private static let smallPrimes: [UInt] = {
    let limit = 8_192
    var isComposite = [Bool](repeating: false, count: limit)
    var primes: [UInt] = []
    for candidate in stride(from: 3, to: limit, by: 2) where !isComposite[candidate] {
      primes.append(UInt(candidate))
      for multiple in stride(from: candidate * candidate, to: limit, by: 2 * candidate) {
        isComposite[multiple] = true
      }
    }
    return primes
  }()
  /// Odd numbers looked at from one start.
  private static let window = 4_096

  /// A prime p of exactly `bits` bits, the two highest set, with p − 1 not divisible by 65537.
  static func next(bits: Int, from source: inout SeededBytes, scratch: BigNumberScratch)
    -> BigNumber?
  {
    while true {
      var start = source.next((bits + 7) / 8)
      let surplus = (8 - bits % 8) % 8
      start[0] &= 0xFF >> UInt8(surplus)
      start[start.count - 1] |= 1
      guard let number = BigNumber(start), BN_set_bit(number.handle, Int32(bits - 1)) == 1,
        BN_set_bit(number.handle, Int32(bits - 2)) == 1
      else { return nil }
      var step = 0
      for offset in survivors(of: number) {
        guard BN_add_word(number.handle, UInt(2 * (offset - step))) == 1 else { return nil }
        step = offset
        guard number.bits == bits else { break }
        if BN_mod_word(number.handle, 65_537) != 1, passes(number, scratch) { return number }
      }
    }
  }

  /// Offsets in steps of 2 at which no small prime divides.
  private static func survivors(of start: BigNumber) -> [Int] {
    var isComposite = [Bool](repeating: false, count: window)
    for prime in smallPrimes {
      let remainder = BN_mod_word(start.handle, prime)
      // start + 2i ≡ 0 (mod p): i ≡ (p − r)/2, or (2p − r)/2 where p − r is odd.
      let gap = (prime - remainder) % prime
      let first = Int(gap % 2 == 0 ? gap / 2 : (gap + prime) / 2)
      for index in stride(from: first, to: window, by: Int(prime)) { isComposite[index] = true }
    }
    return isComposite.indices.filter { !isComposite[$0] }
  }

  private static func passes(_ number: BigNumber, _ scratch: BigNumberScratch) -> Bool {
    guard let exponent = BigNumber(owning: BN_dup(number.handle)), let result = BigNumber(),
      let base = BigNumber(2), BN_sub_word(exponent.handle, 1) == 1,
      BN_mod_exp(result.handle, base.handle, exponent.handle, number.handle, scratch.handle) == 1
    else { return false }
    return BN_is_one(result.handle) == 1
  }
}
