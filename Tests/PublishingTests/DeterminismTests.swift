import Artifact
import Testing

struct DeterminismTests {
  @Test func `two runs and any number of threads give the same bytes`() throws {
    let first = try SampleDataset().publish()
    let second = try SampleDataset().publish(threads: 2)
    #expect(first.files == second.files)
    for name in first.files {
      let same = try FileBytes.read(first.path(name)) == FileBytes.read(second.path(name))
      #expect(same, "\(name)")
    }
  }

  @Test func `publishing again over an old publication leaves the same files`() throws {
    let sample = try SampleDataset()
    let first = try sample.publish()
    let before = try first.page
    let again = try sample.publish()
    #expect(try again.page == before)
    #expect(first.files == again.files)
  }
}
