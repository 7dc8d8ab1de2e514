import AsyncSupport
import ConfigModel
import ConfigWatcher
import Synchronization

/// What a version does here: a command looks at it, the file is replaced, a command makes it take effect. Whatever fails
/// leaves everything as it was.
final class ApplyAction: Sendable {
    private let check: ShellCommand?
    private let exec: ShellCommand?
    private let out: FileTemplate?
    private let files: OutputFiles
    /// What took effect last of each document.
    private let applied = Mutex<[DocumentKey: ConfigDocument]>([:])

    init(check: ShellCommand?, exec: ShellCommand?, out: FileTemplate?, newFiles attributes: FileAttributes) {
        self.check = check
        self.exec = exec
        self.out = out
        files = OutputFiles(newFiles: attributes)
    }

    /// How long one version may take at most: every command once, `--exec` a second time, what ending them takes, and a slow
    /// disk.
    var limit: Duration {
        let commands = [check?.limit, exec?.limit, exec?.limit].compactMap { $0 }.reduce(.zero, +)
        return commands + .seconds(90)
    }

    /// - Throws: `ApplyFailure`, or `RetriedFailure` when it should be tried again.
    func apply(_ document: ConfigDocument) async throws {
        if let path = out?.path(for: document.key) {
            try await replace(path, document)
        } else {
            try await look(at: document)
            try await exec?.run(document.content.bytes, CommandFacts(document))
        }
        applied.withLock { $0[document.key] = document }
    }

    /// Lets `--check` see the candidate where there is no file to replace.
    private func look(at document: ConfigDocument) async throws {
        guard let check else { return }
        let staged: StagedFile
        do {
            staged = try await files.stage(
                document.content.bytes, named: "\(document.key.service).\(document.key.environment).json")
        } catch {
            throw writeFailure("The candidate for --check could not be written", error)
        }
        do {
            try await run(check, document, staged.path)
        } catch {
            await files.discard(staged)
            throw error
        }
        await files.discard(staged)
    }

    private func replace(_ path: String, _ document: ConfigDocument) async throws {
        let staged: StagedFile
        do {
            staged = try await files.stage(document.content.bytes, for: path)
        } catch {
            throw writeFailure("\(path) could not be replaced", at: path, error)
        }
        do {
            try await run(check, document, staged.path)
        } catch {
            await files.discard(staged)
            throw error
        }
        let held: HeldFile?
        do {
            held = try await files.replace(path, with: staged)
        } catch {
            throw writeFailure("\(path) could not be replaced", at: path, error)
        }
        do {
            try await run(exec, document, path)
        } catch {
            throw await undone(path, held, document.key, because: error)
        }
        await files.forget(held)
    }

    private func run(_ command: ShellCommand?, _ document: ConfigDocument, _ file: String) async throws {
        var facts = CommandFacts(document)
        facts.file = file
        try await command?.run(document.content.bytes, facts)
    }

    /// Puts the old file back, lets `--exec` see it, and returns what to say.
    private func undone(
        _ path: String, _ held: HeldFile?, _ key: DocumentKey, because failure: any Error
    ) async -> any Error {
        var facts = applied.withLock { $0[key] }.map(CommandFacts.init) ?? CommandFacts(key)
        facts.file = path
        do {
            guard let bytes = try await files.putBack(held, in: path) else {
                return adding("\(path), which was not there before, was removed.", to: failure)
            }
            guard let exec, !exec.groups.isEnding else { return adding("\(path) is as before.", to: failure) }
            do {
                try await exec.run(bytes, facts)
                return adding("\(path) is as before, and --exec ran with it.", to: failure)
            } catch {
                return adding("\(path) is as before, but with it too: \(error)", to: failure)
            }
        } catch {
            return ApplyFailure("\(failure) \(path) could not be made as it was before: \(error).")
        }
    }

    private func adding(_ sentence: String, to failure: any Error) -> any Error {
        failure is RetriedFailure
            ? RetriedFailure(description: "\(failure) \(sentence)") : ApplyFailure("\(failure) \(sentence)")
    }
}
