// What a watcher reports and decides by is part of what an application uses: outcomes, states, policies and errors, and the
// values that a source exchanges with it. They are made in WatcherCore, whose pure decisions need them.
@_exported public import WatcherCore
