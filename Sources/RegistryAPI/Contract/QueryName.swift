/// The names of query parameters.
package enum QueryName {
    /// The environment of a document, or the only one that is wanted.
    package static let environment = "environment"
    /// One version of a document.
    package static let version = "version"
    /// The oldest version that is taken for a response.
    package static let minimumVersion = "min_version"
    /// The epoch in which the caller knows versions.
    package static let epoch = "epoch"
    /// How long the response may be held back.
    package static let wait = "wait"
    /// Whether the environment's document is merged over the default one.
    package static let overlay = "overlay"
    /// The only service of a list.
    package static let serviceName = "service_name"
    /// A service and all below it.
    package static let prefix = "prefix"
    /// Whether a list shows deleted documents.
    package static let deleted = "deleted"
    /// What a list shows of each document.
    package static let view = "view"
    /// At most so many.
    package static let limit = "limit"
    /// Where a page begins.
    package static let cursor = "cursor"
    /// Only versions below this one.
    package static let beforeVersion = "before_version"
    /// The version that is compared from.
    package static let oldVersion = "old_version"
    /// The version that is compared to.
    package static let newVersion = "new_version"
    /// The version that a document must be at.
    package static let expectedVersion = "expected_version"
    /// Why a change is made.
    package static let comment = "comment"
    /// Who makes a change.
    package static let createdBy = "created_by"
    /// A finding of a check that the author of a change lets pass.
    package static let override = "override"
    /// One of the services of a watch.
    package static let service = "service"

    /// The identity that an audit log is given to.
    package static let owner = "owner"
    /// The only identity of the access log's entries.
    package static let identity = "identity"
    /// The only action of the access log's entries.
    package static let action = "action"
    /// The only type of the access log's entries.
    package static let type = "type"
    /// Whether identities are part of a backup.
    package static let access = "access"
    /// Not before this moment.
    package static let since = "since"
    /// Before this moment.
    package static let until = "until"

    /// What a version did.
    package static let changeType = "change_type"
    /// The caller's own identifier of the request that made a version.
    package static let correlationID = "correlation_id"
    /// The change set that a version was published with.
    package static let changeSetID = "changeset_id"
    /// Whether only versions with findings are wanted that their author let pass.
    package static let overrides = "overrides"
    /// Whether changes are shown with their contents.
    package static let values = "values"

    /// The parameters of a write.
    package static let ofWrites = [environment, expectedVersion]
    /// The parameters of a write whose body is no object with comment and author.
    package static let ofWritesWithoutBody = [environment, expectedVersion, comment, createdBy, override]
}
