public import ConfigModel

/// A document without a type of its own: the content and the facts about it. For tools that pass documents on.
public struct ConfigDocument: Sendable, Equatable {
    /// Which document.
    public let key: DocumentKey
    /// Its version; with overlay that of the environment's document, 0 when there is none.
    public let version: Int64
    /// With overlay the version of the default environment's document, 0 when there is none.
    public let defaultVersion: Int64
    /// The history that the version belongs to.
    public let epoch: Epoch?
    /// What the version did.
    public let changeType: ChangeType
    /// The content as it was published, with overlay the merged one.
    public let content: Content
    private let lazyObject: LazyObject

    /// The content as a value that loses nothing, with secrets in the place of references; made when it is read.
    public var object: JSONObject { lazyObject.value }

    init(_ input: DecoderInput) {
        key = input.key
        version = input.layers.main?.version ?? 0
        defaultVersion = input.layers.base?.version ?? 0
        let layer = input.layers.main ?? input.layers.base
        epoch = input.layers.epoch
        changeType = layer?.changeType ?? .updated
        content = input.content
        lazyObject = input.object
    }

    /// Documents with the same facts and content are equal.
    public static func == (left: ConfigDocument, right: ConfigDocument) -> Bool {
        left.key == right.key && left.version == right.version && left.defaultVersion == right.defaultVersion
            && left.epoch == right.epoch && left.changeType == right.changeType && left.content == right.content
    }
}
