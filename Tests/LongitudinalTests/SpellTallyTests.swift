import Longitudinal
import Testing

/// Spells of being up and down.
struct SpellTallyTests {
  private func tally(_ observations: [(hour: Int, isUp: Bool)], gapHours: Int = 48) -> SpellTally {
    var tally = SpellTally(gapSeconds: gapHours * 3600)
    for (hour, isUp) in observations { tally.take(isUp: isUp, at: hour * 3600) }
    return tally
  }

  @Test func `a change lies midway between the observations that show it`() {
    let tally = tally([(0, true), (6, true), (12, false), (18, true), (24, true)])
    #expect(tally.downs == 1)
    #expect(tally.secondsUp == 64_800.0)
    #expect(tally.secondsDown == 21_600.0)
    #expect(tally.longestUp == 32_400.0)
    #expect(tally.longestDown == 21_600.0)
    #expect(tally.upSpells == 2 && tally.upSpellsEnded == 1)
    // 18 hours up, and one end seen: the second spell still goes on.
    #expect(tally.meanUp == 64_800.0)
  }

  @Test func `nobody knows how it was in a gap: the spell ends, and its end was not seen`() {
    let tally = tally([(0, true), (6, true), (100, true), (106, false)])
    #expect(tally.upSpells == 2 && tally.upSpellsEnded == 1)
    #expect(tally.secondsUp == 32_400.0)
    #expect(tally.longestUp == 21_600.0)
  }

  @Test func `a down after a gap is a down, of which nobody knows when`() {
    let tally = tally([(0, true), (100, false)])
    #expect(tally.downs == 1)
    #expect(tally.upSpellsEnded == 0)
    #expect(tally.meanUp == nil)
    #expect(tally.longestUp == 0.0 && tally.longestDown == 0.0)
  }

  @Test func `without observations there is no longest spell`() {
    let tally = tally([])
    #expect(tally.longestUp == nil && tally.longestDown == nil && tally.meanUp == nil)
  }
}
