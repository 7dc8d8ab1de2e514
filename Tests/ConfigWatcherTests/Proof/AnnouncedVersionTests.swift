import ConfigModel
import Testing

@testable import ConfigWatcher

@Suite("A version whose event is still being read")
struct AnnouncedVersionTests {
    private let now = Instant.now
    private let history: TestHistory

    init() throws { history = try .numbered(9) }

    /// A state that knows version 1 from the registry.
    private func state() throws -> ProofState {
        var state = try ProofState.make(at: now)
        state.prove(history.version(1), at: now)
        return state
    }

    private func facts(_ version: Int) -> RegistryAnswer { .notModified(history.version(version).signedFacts) }

    @Test("the registry is asked before the event is read, and once")
    func asksEarly() throws {
        var state = try state()
        let request = try #require(state.announced(2, in: history.epoch, at: now).request)
        #expect(request.etag == "\"1.2\"" && request.minimumVersion == 2 && request.epoch == history.epoch)
        #expect(state.heard(history.event(2), at: now).isEmpty)
        let actions = state.answered(facts(2), to: request, at: now)
        #expect(actions == [.proven(DocumentVersion(history.version(2)))])
        #expect(state.counters.reads == 2 && state.counters.unproven == 1)
    }

    @Test("the registry may be quicker than whoever reads the event, which then is proven without a question")
    func quickRegistry() throws {
        var state = try state()
        for version in 2...9 {
            let request = try #require(state.announced(Int64(version), in: history.epoch, at: now).request)
            #expect(state.answered(facts(version), to: request, at: now).isEmpty)
            #expect(state.newest?.version == Int64(version) - 1, "nothing is proven without a content")
            let actions = state.heard(history.event(version), at: now)
            #expect(actions == [.proven(DocumentVersion(history.version(version)))])
        }
        #expect(state.counters.reads == 9)
    }

    @Test("an event that lies is found out, whether it is read before the answer or after", arguments: [true, false])
    func lie(isReadFirst: Bool) throws {
        var state = try state()
        let lie = try TestHistory(contents: ["{\"n\":1}", "{\"n\":666}"])
        let request = try #require(state.announced(2, in: history.epoch, at: now).request)
        var question: ReadRequest?
        if isReadFirst {
            #expect(state.heard(lie.event(2), at: now).isEmpty)
            question = state.answered(facts(2), to: request, at: now).request
        } else {
            #expect(state.answered(facts(2), to: request, at: now).isEmpty)
            #expect(state.heard(lie.event(2), at: now).provenVersion == nil)
            question = state.tick(at: now + .seconds(2)).request
        }
        let second = try #require(question)
        let answer = RegistryAnswer.document(DocumentVersion(history.version(2)).asServed)
        #expect(state.answered(answer, to: second, at: now).provenVersion == 2)
        #expect(state.newest?.content == history.version(2).content)
    }

    @Test("an event without its content makes the registry send it", arguments: [true, false])
    func withoutContent(isReadFirst: Bool) throws {
        var state = try state()
        let request = try #require(state.announced(2, in: history.epoch, at: now).request)
        let event = history.event(2, inlineLimit: 1)
        let first = isReadFirst ? state.heard(event, at: now) : state.answered(facts(2), to: request, at: now)
        #expect(first.isEmpty)
        let second = isReadFirst ? state.answered(facts(2), to: request, at: now) : state.heard(event, at: now)
        let question = try #require(second.request)
        #expect(question.etag != "\"1.2\"")
        let answer = RegistryAnswer.document(DocumentVersion(history.version(2)).asServed)
        #expect(state.answered(answer, to: question, at: now).provenVersion == 2)
    }

    @Test("a message that cannot be read only delays: the registry is asked for the content a little later")
    func unreadable() throws {
        var state = try state()
        let request = try #require(state.announced(2, in: history.epoch, at: now).request)
        #expect(state.answered(facts(2), to: request, at: now).isEmpty)
        let later = try #require(state.wake)
        #expect(later <= now + .seconds(2))
        let question = try #require(state.tick(at: later).request)
        #expect(question.etag == "\"1.1\"" && question.minimumVersion == nil)
        let answer = RegistryAnswer.document(DocumentVersion(history.version(2)).asServed)
        #expect(state.answered(answer, to: question, at: later).provenVersion == 2)
    }

    @Test("a version that does not exist is asked about once more without it, and forgotten")
    func behind() throws {
        var state = try state()
        let request = try #require(state.announced(2, in: history.epoch, at: now).request)
        let second = try #require(state.answered(.behind(reason: "no"), to: request, at: now).request)
        #expect(second.etag == "\"1.1\"" && second.minimumVersion == nil)
        #expect(state.answered(.notModified(), to: second, at: now) == [.confirmed])
    }

    @Test("a registry that does not say what it knows is asked for the content")
    func noFacts() throws {
        var state = try state()
        let request = try #require(state.announced(2, in: history.epoch, at: now).request)
        let second = try #require(state.answered(.notModified(), to: request, at: now).request)
        #expect(second.etag == nil)
    }

    @Test("what was announced while a question was under way is asked about when it has been read")
    func busy() throws {
        var state = try state()
        let poll = try #require(state.resync(at: now).request)
        #expect(state.announced(2, in: history.epoch, at: now).isEmpty)
        #expect(state.heard(history.event(2), at: now).isEmpty)
        let request = try #require(state.answered(.notModified(), to: poll, at: now).request)
        #expect(request.isAboutClaim && request.minimumVersion == 2)
        #expect(state.answered(facts(2), to: request, at: now).provenVersion == 2)
    }

    @Test("announcements that come to nothing cause at most one question a second")
    func flood() throws {
        var state = try state()
        let reads = state.readsOfFlood(from: now) { $0.announced(2, in: history.epoch, at: $1) }
        #expect((5...10).contains(reads))
    }

    @Test("only what may be the next version of what the registry has confirmed is asked about")
    func refused() throws {
        var fresh = try ProofState.make(at: now)
        #expect(fresh.announced(1, in: history.epoch, at: now).isEmpty)
        var state = try state()
        #expect(state.announced(1, in: history.epoch, at: now).isEmpty)
        #expect(state.announced(2, in: TestHistory.otherStore, at: now).isEmpty)
        #expect(state.announced(2, in: TestHistory.secondEpoch, at: now).isEmpty)
    }

    @Test("with trusted keys the signature is the proof, and nobody is asked")
    func signed() throws {
        let signer = try RecordSigner.generate()
        let history = try TestHistory.numbered(2, signer: signer)
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(1), at: now)
        #expect(state.announced(2, in: history.epoch, at: now).isEmpty)
        #expect(state.heard(history.event(2), at: now).provenVersion == 2)
    }
}
