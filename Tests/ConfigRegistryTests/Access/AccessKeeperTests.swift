import ConfigAccess
import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("What a registry knows about identities", .timeLimit(.minutes(1)))
struct AccessKeeperTests {
    let fixture = Fixture { $0.epochPeriod = .milliseconds(5) }
    let text = TokenText.random()
    let now = Timestamp(milliseconds: 5_000)

    /// Adds a token at the store, as another registry does.
    @discardableResult
    func added(_ text: TokenText, name: String = "ci", expiresAt: Int64? = 100_000) async throws -> AccessToken {
        let token = try AccessToken.sample(name, text: text, expiresAt: expiresAt)
        #expect(try await fixture.store.addToken(token, limit: 100) == .added)
        return token
    }

    @Test func isThereFromTheStartATokenWhoHasItAndThatOneIsNeeded() async throws {
        #expect(try await fixture.registry().access.rule == .optional)
        let token = try await added(text)
        let access = try await fixture.registry().access
        #expect(access.rule == .required && access.isKnown)
        #expect(access.check(text, at: now) == .valid(token.principal))
        #expect(access.check(text, at: Timestamp(milliseconds: 100_000)) == .expired)
        #expect(access.check(.random(), at: now) == .unknown)
    }

    @Test func followsWhatOthersChangeWithinOneLookAtTheStoreAndWakesThoseWhoWait() async throws {
        let (other, denied) = (TokenText.random(), "sso:mallory")
        try await fixture.withRunningRegistry { registry in
            let access = registry.access
            let token = try await added(text)
            try await eventually("the token") { access.check(text, at: now) == .valid(token.principal) }
            #expect(access.rule == .required)
            let waiting = Task { await changes(of: access) { access.check(text, at: now) == .revoked } }
            _ = try await fixture.store.revokeToken(token.id, at: now, by: "alice")
            _ = await waiting.value
            #expect(access.standing(of: token.principal, at: now) == .revoked)
            #expect(!access.isDenied(identity: denied, jti: nil, at: now))
            _ = try await fixture.store.addDenial(.sample(denied), limit: 10)
            _ = await changes(of: access) { access.isDenied(identity: denied, jti: nil, at: now) }
            try await added(other, name: "other")
            try await fixture.store.setAuthentication(.off)
            try await eventually("the rule") { access.rule == .off }
        }
    }

    /// Waits for one change after the other until something holds, and says how many there were.
    private func changes(of access: AccessKeeper, until holds: @Sendable () -> Bool) async -> Int {
        var (known, count) = (access.generation, 0)
        while !holds() {
            await access.wait(after: known)
            known = access.generation
            count += 1
        }
        return count
    }

    @Test func isReadAgainOnlyWhenItsNumberHasRisen() async throws {
        try await added(text)
        try await fixture.withRunningRegistry { registry in
            let reads = fixture.store.control.reads
            let before = fixture.store.control.accessReads
            try await eventually("some looks") { fixture.store.control.reads > reads + 3 }
            #expect(fixture.store.control.accessReads == before)
            // That a token was used is no change.
            let generation = registry.access.generation
            try await fixture.store.noteUses([text.id: now])
            try await added(.random(), name: "other")
            try await eventually("the other") { registry.access.generation > generation }
            #expect(registry.access.generation == generation + 1)
            #expect(registry.access.table.allTokens.count == 2)
        }
    }

    @Test func costsAStoreWithoutIdentitiesNothing() async throws {
        let registry = try await fixture.registry()
        #expect(fixture.store.control.accessReads == 0)
        #expect(registry.access.isKnown)
    }

    @Test func goesOnToCountWhileTheStoreIsAwayAndHasNoNewTokensThen() async throws {
        let token = try await added(text)
        let access = try await fixture.registry().access
        fixture.store.control.isAway = true
        #expect(access.isKnown)
        #expect(access.check(text, at: now) == .valid(token.principal))
        #expect(await access.lookUp(.random(), at: now) == .unknown)
    }

    @Test func aRegistryDoesNotStartWithIdentitiesThatItCannotRead() async throws {
        try await added(text)
        // The first read is the one of the store's state.
        fixture.store.control.beforeRead { [control = fixture.store.control] in control.isAway = true }
        let registry = Registry(store: fixture.store, bus: fixture.bus, options: fixture.options, logger: .silent)
        await #expect(throws: RegistryError.self) { try await registry.start() }
        #expect(!registry.access.isKnown)
    }

    @Test func aReadingThatWasCancelledSaysNothingAboutTheStore() async throws {
        try await added(text)
        let access = try await fixture.registry().access
        await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            access.lost(.unavailable("The call was cancelled."))
        }.value
        try access.requireKnown()
    }

    // MARK: Looking up

    @Test func aTokenThatAnotherRegistryMadeIsLookedUpOnceHoweverManyComeWithIt() async throws {
        let access = try await fixture.registry().access
        let token = try await added(text)
        let before = fixture.store.control.accessReads
        let gate = Gate()
        fixture.store.control.beforeRead { await gate.pass() }
        let checks = await withTaskGroup(of: AccessTable.Check.self) { group in
            for _ in 0..<20 { group.addTask { await access.lookUp(text, at: now) } }
            group.addTask {
                gate.open()
                return .valid(token.principal)
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(checks.allSatisfy { $0 == .valid(token.principal) })
        #expect(fixture.store.control.accessReads == before + 1)
        #expect(access.check(text, at: now) == .valid(token.principal))
    }

    @Test func aTextWithTheIdentifierOfATokenAndAnotherSecretIsWrongLookedUpOrNot() async throws {
        let token = try AccessToken.sample("ci", text: text)
        let other = AccessToken(
            id: token.id, hash: TokenText.random().hash, name: "ci", grants: token.grants, createdAt: token.createdAt,
            createdBy: "alice", expiresAt: nil)
        let access = try await fixture.registry().access
        #expect(try await fixture.store.addToken(other, limit: 10) == .added)
        #expect(await access.lookUp(text, at: now) == .wrong)
        #expect(access.check(text, at: now) == .wrong)
    }

    @Test func aTokenThatDoesNotExistIsLookedUpOnceASecondAndInventedOnesNoMoreThan50Times() async throws {
        try await added(text)
        let access = try await fixture.registry().access
        let before = fixture.store.control.accessReads
        let invented = TokenText.random()
        for _ in 0..<10 { #expect(await access.lookUp(invented, at: now) == .wrong) }
        #expect(fixture.store.control.accessReads == before + 1)
        var refused = 0
        for _ in 0..<500 {
            if await access.lookUp(.random(), at: now) == .unknown { refused += 1 }
        }
        #expect(refused > 0)
    }

    // MARK: Use

    @Test func whenATokenWasUsedIsWrittenAtTheEndAndTheNewestCounts() async throws {
        try await added(text)
        try await fixture.withRunningRegistry { registry in
            for minute in [0, 1, 4, 6, 7] as [Int64] {
                registry.access.noteUse(text.id, at: Timestamp(milliseconds: minute * 60_000))
            }
            let stored = try await fixture.store.token(text.id)
            #expect(stored?.lastUsedAt == nil)
        }
        #expect(try await fixture.store.token(text.id)?.lastUsedAt == Timestamp(milliseconds: 6 * 60_000))
    }
}
