import ConfigModel
import ConfigWatcher
import Subprocess

/// What a command finds in its environment.
struct CommandFacts: Sendable {
    private let key: DocumentKey
    private let version: Int64?
    private var changeType: ChangeType?
    private let contentHash: String?
    private let epoch: Epoch?
    /// The file with the content.
    private(set) var file: String?

    init(_ document: ConfigDocument) {
        key = document.key
        version = document.version
        changeType = document.changeType
        contentHash = document.content.hash
        epoch = document.epoch
    }

    /// Of a file from before this program began, of which nothing more is known.
    init(_ key: DocumentKey) {
        self.key = key
        version = nil
        changeType = nil
        contentHash = nil
        epoch = nil
    }

    /// The same with a file.
    func with(file: String) -> CommandFacts {
        var facts = self
        facts.file = file
        return facts
    }

    /// Of what a file held whose document was deleted.
    func deleted() -> CommandFacts {
        var facts = self
        facts.changeType = .deleted
        return facts
    }

    /// What is not known is not set, whatever this program inherited.
    var variables: [Environment.Key: String?] {
        [
            "CONFIGBUS_SERVICE": key.service, "CONFIGBUS_ENVIRONMENT": key.environment,
            "CONFIGBUS_VERSION": version.map { String($0) }, "CONFIGBUS_CHANGE_TYPE": changeType?.rawValue,
            "CONFIGBUS_CONTENT_HASH": contentHash, "CONFIGBUS_EPOCH": epoch?.description, "CONFIGBUS_FILE": file,
        ]
    }
}
