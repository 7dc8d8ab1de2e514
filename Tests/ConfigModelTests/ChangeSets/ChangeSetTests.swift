import ConfigModel
import Testing

/// The identifier of a change set, which is made of its members.
struct ChangeSetTests {
    private let epoch = Epoch(number: 1, identifier: "00000000-0000-4000-8000-000000000001")

    @Test func isItsSizeAndAHashOverItsMembers() throws {
        let a = try DocumentKey(service: "a", environment: "prod")
        let b = try DocumentKey(service: "b", environment: "prod")
        let set = ChangeSet(epoch: epoch, changeID: "one", versions: [(b, 2), (a, 1)])
        #expect(set.members == ["a/prod@1", "b/prod@2"])
        #expect(set.id == "2-01a786823b08a67b0c59d2679e2b0c86")
        #expect(set == ChangeSet(epoch: epoch, changeID: "one", versions: [(a, 1), (b, 2)]))
    }

    @Test(arguments: [["a/prod@1"], ["a/prod@1", "b/prod@3"], ["b/prod@2", "a/prod@1"]])
    func isAnotherOneForOtherMembers(members: [String]) {
        let set = ChangeSet(epoch: epoch, changeID: "one", members: ["a/prod@1", "b/prod@2"])
        #expect(ChangeSet(epoch: epoch, changeID: "one", members: members).id != set.id)
    }

    @Test func isAnotherOneForAnotherChangeAndInAnotherEpoch() throws {
        let members = ["a/prod@1", "b/prod@2"]
        let set = ChangeSet(epoch: epoch, changeID: "one", members: members)
        let later = try #require(Epoch(parsing: "2-00000000-0000-4000-8000-000000000001"))
        #expect(ChangeSet(epoch: epoch, changeID: "two", members: members).id != set.id)
        #expect(ChangeSet(epoch: later, changeID: "one", members: members).id != set.id)
    }
}
