import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

@Suite("Promoting a content into another environment", .timeLimit(.minutes(1))) struct PromotionTests {
    private let fixture = Fixture.lasting
    private let staging: DocumentKey
    private let prod: DocumentKey

    init() throws {
        staging = try .named("parsing/staging")
        prod = try .named("parsing/prod")
    }

    private func promotion(
        _ version: Int64? = nil, expecting: ConfigRegistry.Expectation? = nil, comment: String = "as tested",
        changeID: String? = nil
    ) -> ChangeRequest {
        var origin = ChangeOrigin.by(changeID: changeID)
        origin.comment = comment
        return ChangeRequest(
            .promote(Promotion(from: staging, version: version)), of: prod, expected: expecting, origin: origin)
    }

    private func registryWithTwoVersions() async throws -> Registry {
        let registry = try await fixture.registry()
        for number in 1...2 { try await registry.publish(number, to: staging) }
        return registry
    }

    @Test func takesTheNewestContentAndSaysWhereItIsFrom() async throws {
        let registry = try await registryWithTwoVersions()
        let made = try await registry.publish(promotion()).record
        let content = try Content.numbered(2)
        #expect(made.key == prod && made.version == 1 && made.changeType == .created && made.content == content)
        #expect(made.comment == "promoted from parsing/staging version 2 (\(content.hash))\nas tested")
        #expect(made.restoredFrom == nil)
        let again = try await registry.publish(promotion(comment: "")).record
        #expect(again.version == 2 && again.changeType == .updated)
        #expect(again.comment == "promoted from parsing/staging version 2 (\(content.hash))")
    }

    @Test func takesAnEarlierVersionOfADocumentThatWasDeleted() async throws {
        let registry = try await registryWithTwoVersions()
        try await registry.delete(staging)
        let made = try await registry.publish(promotion(1)).record
        #expect(try made.content == .numbered(1))
        #expect(made.comment.hasPrefix("promoted from parsing/staging version 1 ("))
    }

    @Test func refusesWhatIsNotThere() async throws {
        let registry = try await fixture.registry()
        #expect(await outcomeOf { try await registry.write(promotion()) } == "unknownDocument")
        #expect(await outcomeOf { try await registry.write(promotion(1)) } == "unknownDocument")
        try await registry.publish(1, to: staging)
        #expect(await outcomeOf { try await registry.write(promotion(7)) } == "unknownVersion 7 of 1")
        try await registry.delete(staging)
        #expect(await outcomeOf { try await registry.write(promotion()) } == "deletedDocument 2")
        #expect(await outcomeOf { try await registry.write(promotion(2)) } == "deletedDocument 2")
        #expect(try await fixture.history(of: prod) == [])
    }

    @Test func keepsToTheExpectedVersion() async throws {
        let registry = try await registryWithTwoVersions()
        #expect(
            await outcomeOf { try await registry.write(promotion(expecting: .version(3))) } == "versionMismatch 0")
        #expect(await outcomeOf { try await registry.write(promotion(expecting: .version(0))) } == "created 1")
    }

    @Test func hasToPassTheChecksOfTheTarget() async throws {
        let registry = try await fixture.registry()
        _ = try await registry.publish(ChangeRequest(.publish(.empty, .create), of: staging, origin: .by()))
        try await registry.publish(1, to: prod)
        #expect(await outcomeOf { try await registry.write(promotion()) } == "checksFailed emptied")
    }

    /// The source has moved on: the request is the same all the same.
    @Test(arguments: [nil, 2] as [Int64?]) func isDoneOnceUnderOneIdentifier(_ version: Int64?) async throws {
        let registry = try await registryWithTwoVersions()
        let made = try await registry.publish(promotion(version, changeID: "c")).record
        try await registry.publish(3, to: staging)
        let again = try await registry.publish(promotion(version, changeID: "c"))
        #expect(again.isReplay && again.record == made)
        for other in [promotion(version, comment: "another", changeID: "c"), promotion(1, changeID: "c")] {
            #expect(await outcomeOf { try await registry.write(other) } == "changeReused 1")
        }
    }

    /// What the registry puts in front of it is not for its author to leave room for.
    @Test func theAuthorsCommentHasAtMost4KiBWithoutItsFirstLine() async throws {
        let registry = try await registryWithTwoVersions()
        let longest = String(repeating: "x", count: 4_096)
        let made = try await registry.publish(promotion(comment: longest, changeID: "c")).record
        #expect(made.comment.hasPrefix("promoted from ") && made.comment.hasSuffix("\n" + longest))
        #expect(try await fixture.history(of: made.key).last == made)
        let again = try await registry.publish(promotion(comment: longest, changeID: "c"))
        #expect(again.isReplay && again.record == made)
        let longer = promotion(comment: longest + "x")
        #expect(await outcomeOf { try await registry.write(longer) } == "invalid")
    }
}
