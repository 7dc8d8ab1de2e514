public import Hummingbird

/// A request of a caller that the application let in.
///
/// `addRoutes(to:)` takes only routes with such a context, so that they cannot be added where no caller has to say who makes the
/// request: without a middleware that authenticates there is no context to make this one of.
///
/// ```swift
/// struct OperatorContext: OperatorRequestContext, ChildRequestContext {
///     var coreContext: CoreRequestContextStorage
///     let operatorName: String
///
///     init(context: AppContext) throws {
///         guard let name = context.identity else { throw HTTPError(.unauthorized) }
///         coreContext = context.coreContext
///         operatorName = name
///     }
/// }
///
/// watcher.addRoutes(to: router.group("config").add(middleware: Authenticator()).group(context: OperatorContext.self))
/// ```
public protocol OperatorRequestContext: RequestContext {
    /// Who makes the request, as the application authenticated it; the log names it.
    var operatorName: String { get }
}
