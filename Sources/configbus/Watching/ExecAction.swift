import ConfigModel
import ConfigWatcher
import Subprocess
import SystemPackage

/// Runs `--exec` for a version: `/bin/sh -c CMD` with the content on its standard input and the facts in its environment.
struct ExecAction: Sendable {
    let command: String

    /// - Throws: `ExecFailure` when the command ends with anything but 0.
    func run(_ document: ConfigDocument) async throws {
        var options = PlatformOptions()
        // A group of its own, so that what the command started ends with it when the time is over.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        let input = try CommandInput.open(holding: document.content.bytes)
        // Nothing is lost with memory that nobody else has a name for.
        defer { try? input.close() }
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", command], environment: .inherit.updating(facts(document)),
            platformOptions: options, input: .fileDescriptor(input, closeAfterSpawningProcess: false),
            output: .currentStandardError, error: .currentStandardError)
        try Task.checkCancellation()
        guard result.terminationStatus.isSuccess else {
            throw ExecFailure(description: "The command ended with \(result.terminationStatus).")
        }
    }

    private func facts(_ document: ConfigDocument) -> [Environment.Key: String?] {
        [
            "CONFIGBUS_SERVICE": document.key.service, "CONFIGBUS_ENVIRONMENT": document.key.environment,
            "CONFIGBUS_VERSION": String(document.version), "CONFIGBUS_CHANGE_TYPE": document.changeType.rawValue,
            "CONFIGBUS_CONTENT_HASH": document.content.hash, "CONFIGBUS_EPOCH": document.epoch?.description ?? "",
        ]
    }
}

/// A command that refused a version.
struct ExecFailure: Error, CustomStringConvertible {
    let description: String
}
