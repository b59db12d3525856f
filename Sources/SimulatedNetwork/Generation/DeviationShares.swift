internal import Artifact
internal import Statistics

/// Deviations that the generator plants: their forms alike often.
enum DeviationShares {
  static func draw(_ random: inout Xoshiro256StarStar) -> JSONValue {
    let forms = PlantedDeviations.drawn
    return forms[random.nextIndex(below: forms.count)]
  }
}
