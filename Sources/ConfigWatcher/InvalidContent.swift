import ConfigModel

/// What is wrong with a content.
struct InvalidContent: ClassifiedFailure, CustomStringConvertible {
    let description: String
    var kind = RejectionKind.decode
}
