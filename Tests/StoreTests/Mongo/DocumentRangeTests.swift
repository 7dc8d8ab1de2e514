import ConfigModel
import ConfigStore
import Testing

@testable import MongoStore

struct DocumentRangeTests {
    @Test func rangesMeetWhereBothHold() {
        let name = NameRange(only: "b")
        #expect(NameRange.all.intersection(name) == name)
        #expect(name.intersection(NameRange(after: "a")) == name)
        #expect(name.intersection(NameRange(after: "b")) == nil)
        #expect(name.intersection(NameRange(only: "c")) == nil)
        #expect(NameRange(after: "a").intersection(NameRange(after: "b")) == NameRange(after: "b"))
    }

    @Test func everythingIsOneRange() {
        #expect(DocumentRange.ranges(of: HeadQuery()) == [DocumentRange(environments: .all, services: .all)])
    }

    /// Behind a key: the rest of its environment, and the environments behind that.
    @Test func placeInTheMiddleMakesTwoRanges() throws {
        let after = try DocumentKey(service: "b", environment: "prod")
        #expect(
            DocumentRange.ranges(of: HeadQuery(after: after)) == [
                DocumentRange(environments: NameRange(only: "prod"), services: NameRange(after: "b")),
                DocumentRange(environments: NameRange(after: "prod"), services: .all),
            ])
        #expect(
            DocumentRange.ranges(of: HeadQuery(environment: "prod", after: after)) == [
                DocumentRange(environments: NameRange(only: "prod"), services: NameRange(after: "b"))
            ])
        #expect(DocumentRange.ranges(of: HeadQuery(environment: "dev", after: after)) == [])
        #expect(DocumentRange.ranges(of: HeadQuery(environment: "prod", service: "a", after: after)) == [])
    }

    @Test func prefixIsANameAndWhatLiesBelowIt() {
        let ranges = DocumentRange.ranges(of: HeadQuery(prefix: "a.b"))
        #expect(ranges.map(\.services) == NameRange.segments("a.b"))
        #expect(
            DocumentRange.ranges(of: HeadQuery(service: "a.b.c", prefix: "a.b")).map(\.services) == [
                NameRange(only: "a.b.c")
            ])
        #expect(DocumentRange.ranges(of: HeadQuery(service: "a.bc", prefix: "a.b")) == [])
    }
}
