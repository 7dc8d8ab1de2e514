import ConfigModel
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("The same change set again", .timeLimit(.minutes(1)))
struct RepeatedChangeSetTests {
    private let fixture = Fixture()
    private let keys: [DocumentKey]

    init() throws { keys = try DocumentKey.several(4) }

    /// Documents 0 to 2: published whole, patched, rolled back.
    private func set(_ number: Int = 7, author: String = "tester") throws -> ChangeSetRequest {
        let content = try Content.numbered(number)
        return ChangeSetRequest(
            [
                try .number(number, keys[0]), .init(.revise { _ throws(RegistryError) in content }, of: keys[1]),
                .init(.rollback(toVersion: 1), of: keys[2]),
            ], changeID: "c", author: author)
    }

    private func registryWithTwoVersions() async throws -> Registry {
        let registry = try await fixture.registry()
        for key in keys { for number in 1...2 { try await registry.publish(number, to: key) } }
        return registry
    }

    @Test func isAnsweredWithTheSameVersionsAlsoLaterAndByAnotherRegistry() async throws {
        let registry = try await registryWithTwoVersions()
        let made = try await registry.publish(try set())
        for key in keys { try await registry.publish(9, to: key) }
        let again = try await fixture.registry().publish(try set())
        #expect(again.changeSet == made.changeSet)
        #expect(again.members.map(\.record) == made.members.map(\.record))
        #expect(!again.members.contains { !$0.isReplay })
        #expect(try await registry.records(of: keys).count == 4 * 3 + 3)
    }

    @Test func isTheSameInWhateverOrderItsDocumentsAreSent() async throws {
        let registry = try await registryWithTwoVersions()
        let made = try await registry.publish(ChangeSetRequest.number(3, keys, changeID: "c"))
        let again = try await registry.publish(ChangeSetRequest.number(3, keys.reversed(), changeID: "c"))
        #expect(again.members.map(\.record) == made.members.map(\.record).reversed())
    }

    @Test func countsBeforeAnyPrecondition() async throws {
        let registry = try await registryWithTwoVersions()
        let set = ChangeSetRequest([try .number(3, keys[0], expecting: .version(2))], changeID: "c")
        let made = try await registry.publish(set)
        #expect(try await registry.publish(set).members.map(\.record) == made.members.map(\.record))
    }

    /// Other requests under the same identifier.
    enum Other: CaseIterable {
        case fewer, more, otherDocument, otherContent, otherAuthor, refused

        func set(_ keys: [DocumentKey]) throws -> ChangeSetRequest {
            switch self {
            case .fewer: try .number(3, Array(keys.prefix(2)), changeID: "c")
            case .more: try .number(3, keys, changeID: "c")
            case .otherDocument: try .number(3, [keys[3], keys[1], keys[2]], changeID: "c")
            case .otherContent: try .number(4, Array(keys.prefix(3)), changeID: "c")
            case .otherAuthor:
                ChangeSetRequest(try keys.prefix(3).map { try .number(3, $0) }, changeID: "c", author: "another")
            case .refused:
                ChangeSetRequest(
                    [try .number(3, keys[3], expecting: .version(9)), try .number(3, keys[0])], changeID: "c")
            }
        }
    }

    @Test(arguments: Other.allCases)
    func isNotWhatAnotherSetUnderTheSameIdentifierIs(_ other: Other) async throws {
        let registry = try await registryWithTwoVersions()
        _ = try await registry.publish(ChangeSetRequest.number(3, Array(keys.prefix(3)), changeID: "c"))
        let before = try await registry.records(of: keys)
        #expect(await outcomeOfSet { try await registry.publish(try other.set(keys)) } == "changeReused 3")
        #expect(try await registry.records(of: keys) == before)
    }

    @Test func isNotWhatASingleVersionIs() async throws {
        let registry = try await registryWithTwoVersions()
        _ = try await registry.publish(ChangeSetRequest.number(3, Array(keys.prefix(1)), changeID: "c"))
        #expect(await outcomeOf { try await registry.publish(3, to: keys[0], changeID: "c") } == "changeReused 3")
        try await registry.publish(3, to: keys[1], changeID: "d")
        let set = try ChangeSetRequest.number(3, [keys[1]], changeID: "d")
        #expect(await outcomeOfSet { try await registry.publish(set) } == "changeReused 3")
    }

    @Test func atTheSameTimeIsMadeOnce() async throws {
        let fixture = Fixture { $0.requestDeadline = .seconds(30) }
        let registries = [try await fixture.registry(), try await fixture.registry()]
        let keys = keys
        let sets = try await withThrowingTaskGroup(of: PublishedSet.self) { group in
            for number in 0..<16 {
                let order = number % 2 == 0 ? keys : keys.reversed()
                group.addTask { try await registries[number / 8].publish(.number(1, order, changeID: "c")) }
            }
            return try await group.reduce(into: [PublishedSet]()) { $0.append($1) }
        }
        #expect(Set(sets.map(\.changeSet.id)).count == 1)
        #expect(try await registries[0].records(of: keys).count == 4)
    }
}
