import AsyncSupport
import ConfigModel
import ConfigWatcher
import Synchronization

/// What a version does where `watch` runs. Whatever fails leaves everything as it was.
final class ApplyAction: Sendable {
    private let out: FileTemplate?
    private let replacement: FileReplacement
    /// What took effect last of each document.
    private let applied = Mutex<[DocumentKey: CommandFacts]>([:])

    init(check: UserCommand?, exec: UserCommand?, out: FileTemplate?, newFiles attributes: WantedAttributes) {
        self.out = out
        replacement = FileReplacement(check: check, effect: exec, attributes: attributes, files: OutputFiles())
    }

    /// How long one version may take at most.
    var limit: Duration { replacement.limit }

    /// - Throws: `ApplyFailure`, or `RetriedFailure` when it should be tried again.
    func apply(_ document: ConfigDocument) async throws {
        let (bytes, facts) = (document.content.bytes, CommandFacts(document))
        if let path = out?.path(for: document.key) {
            let earlier = applied.withLock { $0[document.key] } ?? CommandFacts(document.key)
            try await replacement.replace(path, with: bytes, facts, earlier: earlier)
        } else {
            try await look(at: document, facts)
            try await replacement.effect?.run(bytes, facts)
        }
        applied.withLock { $0[document.key] = facts }
    }

    /// Lets `--check` see the candidate where there is no file to replace.
    private func look(at document: ConfigDocument, _ facts: CommandFacts) async throws {
        guard let check = replacement.check else { return }
        let staged: StagedFile
        do {
            staged = try await replacement.files.stage(
                document.content.bytes, named: "\(document.key.service).\(document.key.environment).json")
        } catch {
            throw writeFailure("The candidate for --check could not be written", error)
        }
        do {
            try await check.run(document.content.bytes, facts.with(file: staged.path))
        } catch {
            await replacement.files.discard(staged)
            throw error
        }
        await replacement.files.discard(staged)
    }
}
