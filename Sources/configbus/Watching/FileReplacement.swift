import AsyncSupport
import ConfigModel
import ConfigWatcher

/// How a file is replaced: a command looks at the candidate, the file is renamed into its place, then an effect makes it take
/// effect. When that fails, or takes too long, the old file is put back and the effect is called once more.
struct FileReplacement: Sendable {
    let check: (any VersionEffect)?
    let effect: (any VersionEffect)?
    let attributes: WantedAttributes
    let files: OutputFiles

    /// How long one version may take at most: everything once, the effect a second time, what ending commands takes, and a slow
    /// disk.
    var limit: Duration {
        [check?.limit, effect?.limit, effect?.limit].compactMap { $0 }.reduce(.zero, +) + .seconds(90)
    }

    /// - Parameters:
    ///   - facts: about the version, for commands; the file is added here.
    ///   - earlier: the same about the version that is there now.
    ///   - staged: called with the candidate on the disk and checked, before anything changes.
    /// - Throws: `ApplyFailure`, or `RetriedFailure` when it should be tried again. The file is as before then.
    func replace(
        _ path: String, with bytes: [UInt8], _ facts: CommandFacts, earlier: CommandFacts,
        staged: () async throws -> Void = {}
    ) async throws {
        let candidate: StagedFile
        do {
            candidate = try await files.stage(bytes, for: path, attributes)
        } catch {
            throw writeFailure("\(path) could not be replaced", at: path, error)
        }
        do {
            try await look(at: candidate, holding: bytes, facts)
            try await staged()
        } catch {
            await files.discard(candidate)
            throw error
        }
        let held: HeldFile?
        do {
            held = try await files.replace(path, with: candidate)
        } catch {
            throw writeFailure("\(path) could not be replaced", at: path, error)
        }
        do {
            try await effect?.run(bytes, facts.with(file: path))
        } catch {
            throw await undone(path, held, earlier.with(file: path), because: error)
        }
        await files.forget(held)
    }

    /// What a check was to look at is what takes effect.
    private func look(at candidate: StagedFile, holding bytes: [UInt8], _ facts: CommandFacts) async throws {
        guard let check else { return }
        try await check.run(bytes, facts.with(file: candidate.path))
        do {
            try await files.verify(candidate, holds: bytes)
        } catch let error as StagedFileChanged {
            throw ApplyFailure(
                "\(check.name) was given a file to look at, and \(error.change): the version does not take effect.")
        } catch {
            throw writeFailure("What \(check.name) looked at cannot be read again", error)
        }
    }

    /// Puts the old file back, lets the effect see it, and returns what to say.
    private func undone(
        _ path: String, _ held: HeldFile?, _ facts: CommandFacts, because failure: any Error
    ) async -> any Error {
        do {
            guard let bytes = try await files.putBack(held, in: path) else {
                return adding("\(path), which was not there before, was removed.", to: failure)
            }
            guard let effect, !effect.isEnding else { return adding("\(path) is as before.", to: failure) }
            do {
                try await effect.run(bytes, facts)
                return adding("\(path) is as before, and \(effect.name) ran with it.", to: failure)
            } catch {
                return adding("\(path) is as before, but with it too: \(error)", to: failure)
            }
        } catch {
            return ApplyFailure("\(failure) \(path) could not be made as it was before: \(error).", kind(of: failure))
        }
    }

    private func adding(_ sentence: String, to failure: any Error) -> any Error {
        failure is RetriedFailure
            ? RetriedFailure(description: "\(failure) \(sentence)", kind: kind(of: failure))
            : ApplyFailure("\(failure) \(sentence)", kind(of: failure))
    }

    private func kind(of failure: any Error) -> RejectionKind { (failure as? any ClassifiedFailure)?.kind ?? .other }
}
