/// Why one member of a change set is refused.
package struct MemberRefusal: Sendable, Equatable {
    /// The member's place in the request, from 0.
    package let index: Int
    /// Why.
    package let error: RegistryError

    /// Puts both together.
    package init(index: Int, error: RegistryError) {
        self.index = index
        self.error = error
    }
}

extension RegistryError {
    /// True for what is about one document, so that the other members of its set are still looked at.
    var isAboutOneMember: Bool {
        switch self {
        case .unknownDocument, .deletedDocument, .alreadyExists, .versionMismatch, .unknownVersion,
            .prunedVersion, .rollbackToTombstone,
            .checksFailed, .invalidSchema, .schemaBreaks, .invalid, .invalidPatch, .tooLarge, .tooMuchWork, .damaged:
            true
        default: false
        }
    }
}
