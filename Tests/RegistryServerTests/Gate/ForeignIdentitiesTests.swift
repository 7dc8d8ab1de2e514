import ConfigAccess
import ConfigModel
import TestSupport
import Testing

@testable import RegistryServer

/// What was verified is remembered for a while, and not longer than what it was verified by.
@Suite(.timeLimit(.minutes(1))) struct ForeignIdentitiesTests {
    private let file = IssuerFile()

    private func moment(_ now: Timestamp, _ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds + milliseconds)
    }

    @Test func aTokenIsRememberedUntilItEndsAndForFiveMinutesAtMost() throws {
        let foreign = try file.identities()
        let now = Timestamp(milliseconds: Timestamp.now.milliseconds / 1_000 * 1_000)
        let (long, short) = (file.token(lifetime: 3_600), file.token("bob", lifetime: 60))
        #expect(foreign.remembered(long, at: now) == nil)
        for token in [long, short] { _ = try foreign.verify(token, at: now) }
        #expect(foreign.remembered(long, at: moment(now, 299_999))?.name == "sso:alice")
        #expect(foreign.remembered(long + "x", at: now) == nil)
        #expect(foreign.remembered(short, at: moment(now, 89_000))?.name == "sso:bob")
        #expect(foreign.remembered(short, at: moment(now, 92_000)) == nil)
        #expect(foreign.remembered(long, at: moment(now, 300_000)) == nil)
        #expect(foreign.remembered(long, at: now) == nil)
    }

    @Test func whatFailedIsNotRemembered() throws {
        let foreign = try file.identities()
        let token = file.token(lifetime: -60)
        #expect(throws: JWTRefusal.expired) { try foreign.verify(token, at: .now) }
        #expect(foreign.remembered(token, at: .now) == nil)
    }

    @Test func filesThatSayTheSameChangeNothing() async throws {
        let foreign = try file.identities()
        let token = file.token()
        let principal = try foreign.verify(token, at: .now)
        let generation = foreign.generation
        foreign.reload()
        file.write("nothing")
        foreign.reload()
        #expect(foreign.generation == generation && foreign.isCurrent(principal))
        #expect(foreign.remembered(token, at: .now) == principal)
        file.replaceKey(with: .edDSA())
        async let change: Void = foreign.wait(after: generation)
        foreign.reload()
        await change
        #expect(foreign.generation != generation && !foreign.isCurrent(principal))
        #expect(foreign.remembered(token, at: .now) == nil)
    }
}
