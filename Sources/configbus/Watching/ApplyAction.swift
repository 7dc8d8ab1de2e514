import ConfigModel
import ConfigWatcher
import SystemPackage

/// What a version does here: first the command, which may refuse it, then the file.
struct ApplyAction: Sendable {
    let exec: ExecAction?
    let out: FileTemplate?
    let files = OutputFiles()

    func apply(_ document: ConfigDocument) async throws {
        try await exec?.run(document)
        guard let path = out?.path(for: document.key) else { return }
        do {
            try await files.replace(path, with: document.content.bytes)
        } catch let error as Errno {
            throw ExecFailure(description: "\(path) could not be replaced: \(error).")
        }
    }
}
