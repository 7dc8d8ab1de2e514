import AsyncSupport
import ConfigModel
import ConfigNotation
import ConfigWatcher
import Synchronization

/// The file of one document: what a version does to it, and what becomes of it when the document is deleted.
final class AgentFile: Sendable {
    let settings: AgentDocument
    let key: DocumentKey
    let path: String
    private let replacement: FileReplacement
    private let effect: (any VersionEffect)?
    private let record: AgentRecordFile
    /// One change at a time, also while an earlier setting of the same file ends.
    private let lock: KeyedLock<String>

    private struct State {
        /// How many versions came.
        var generation = 0
        /// What was left behind was looked at.
        var isRecovered = false
        /// About what took effect last.
        var facts: CommandFacts
    }

    private let state: Mutex<State>

    init(
        _ settings: AgentDocument, of key: DocumentKey, cache: String, files: OutputFiles, lock: KeyedLock<String>,
        _ groups: CommandGroups
    ) {
        self.settings = settings
        self.key = key
        self.lock = lock
        path = settings.path.path(for: key)
        record = AgentRecordFile(of: path, for: key, in: cache)
        let command = { (name: String, program: AgentProgram) in
            UserCommand(name: name, line: program.line, limit: program.limit, groups: groups)
        }
        effect =
            switch settings.reload {
            case .command(let program): command("reload", program)
            case .signal(let signal): signal
            case nil: nil
            }
        replacement = FileReplacement(
            check: settings.check.map { command("check", $0) }, effect: effect, attributes: settings.attributes,
            files: files)
        state = Mutex(State(facts: CommandFacts(key)))
    }

    /// How long one version may take at most.
    var limit: Duration { replacement.limit }

    /// Tells apart what came before and after a moment.
    var generation: Int { state.withLock { $0.generation } }

    /// Nothing is run any more, because the agent ends.
    private var isEnding: Bool { Task.isCancelled || effect?.isEnding ?? false }

    /// Makes right, once, what a process left that was killed.
    func recover() async {
        // What is being changed at this moment is looked at by its next version.
        try? await locked { await recoverOnce() }
    }

    private func recoverOnce() async {
        let isFirst = state.withLock { state in
            defer { state.isRecovered = true }
            return !state.isRecovered
        }
        guard isFirst else { return }
        do {
            guard try await replacement.files.recover(record) else { return }
            AgentNotice.say("\(path) was in the middle of a change, and is what took effect last again.")
        } catch {
            AgentNotice.say("\(path) could not be compared with what took effect last: \(error)")
        }
    }

    /// - Throws: `ApplyFailure`, or `RetriedFailure` when it should be tried again.
    func apply(_ document: ConfigDocument) async throws {
        let bytes: [UInt8]
        do {
            bytes = try settings.notation.bytes(of: document.object)
        } catch {
            throw ApplyFailure("It cannot be written as \(settings.format): \(error)", .decode)
        }
        try await locked {
            await recoverOnce()
            state.withLock { $0.generation += 1 }
            try await apply(bytes, document)
        }
    }

    private func apply(_ bytes: [UInt8], _ document: ConfigDocument) async throws {
        if let danger = OutputFolder.danger(of: path) {
            throw ApplyFailure("\(path) is not replaced: \(danger).")
        }
        let files = replacement.files
        let identity = "\(document.epoch?.description ?? "-") \(document.version) \(document.defaultVersion)"
        var record: AgentRecord
        let present: OutputFiles.Present?
        do {
            record = try await files.record(in: self.record) ?? AgentRecord()
            present = try await files.present(at: path)
        } catch {
            throw writeFailure("\(path) could not be replaced", at: path, error)
        }
        // The registry was away, and the last version is from before the document was deleted.
        guard record.removed != identity else { return }
        let (hash, facts) = (SHA256Text.hash(bytes), CommandFacts(document))
        let isThere =
            present.map { $0.hash == hash && settings.attributes.areMet(by: $0.attributes) } == true
            && record.effective == hash && record.pending == nil
        if !isThere {
            record.effective = present?.hash
            record.pending = hash
            let intent = record
            do {
                try await replacement.replace(
                    path, with: bytes, facts, earlier: state.withLock { $0.facts }, staged: { try await keep(intent) })
            } catch {
                // When the agent ends, nothing ran again for the old file: the next start makes that right.
                if !isEnding { await settle() }
                throw error
            }
        }
        state.withLock { $0.facts = facts }
        let done = AgentRecord(effective: hash, pending: nil, applied: identity, removed: nil)
        guard !isThere || record != done else { return }
        do {
            try await keep(done)
        } catch {
            // It is in effect; after a restart it is brought into effect once more.
            AgentNotice.say("\(path) is replaced, but not noted: \(error)")
        }
    }

    /// The document was deleted.
    ///
    /// - Parameter generation: that of the moment when it was; what came later is not removed.
    func remove(asOf generation: Int) async {
        do {
            try await locked {
                guard self.generation == generation else { return }
                let files = replacement.files
                var record = try await files.record(in: self.record) ?? AgentRecord()
                let isThere = try await files.present(at: path) != nil
                // Of what is gone a reload may be owed, in which an earlier process ended.
                guard isThere || record.removed != nil && record.pending != nil else { return }
                if isThere { record.removed = record.applied }
                (record.effective, record.pending) = (nil, AgentRecord.removal)
                try await keep(record)
                if isThere { _ = try await files.putBack(nil, in: path) }
                AgentNotice.say("\(key) was deleted, and \(path) is removed.")
                try await reloadRemoved(&record)
            }
        } catch {
            AgentNotice.say("\(key) was deleted: \(error)")
        }
    }

    private func reloadRemoved(_ record: inout AgentRecord) async throws {
        let result: Result<Void, any Error>
        do {
            try await effect?.run([], state.withLock { $0.facts }.deleted().with(file: path))
            result = .success(())
        } catch {
            // The next start gives the service its reload.
            if isEnding { throw error }
            result = .failure(error)
        }
        record.pending = nil
        try await keep(record)
        try result.get()
    }

    /// After a refusal nothing is pending, unless the old file could not be put back.
    private func settle() async {
        let files = replacement.files
        guard var record = try? await files.record(in: self.record), record.pending != nil,
            let present = try? await files.present(at: path).map(\.hash) ?? "",
            present == record.effective ?? ""
        else { return }
        record.pending = nil
        try? await files.keep(record, in: self.record)
    }

    private func keep(_ record: AgentRecord) async throws {
        do {
            try await replacement.files.keep(record, in: self.record)
        } catch {
            throw writeFailure("The folder of 'cache' could not be written to", error)
        }
    }

    private func locked(_ body: () async throws -> Void) async throws {
        guard await lock.acquire(path, until: .now + limit) == .granted else {
            throw RetriedFailure(description: "\(path) is still being changed. It is tried again.")
        }
        defer { lock.release(path) }
        try await body()
    }
}
