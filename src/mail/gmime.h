// GMime, started once, with its objects owned. Only the sources of this floor include it.
#pragma once

#include <gmime/gmime.h>

#include <memory>
#include <string>

namespace tonghop {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

template <typename T>
Owned<T> owned(T* object) {
  return Owned<T>(object);
}

// A text that GLib has allocated; "" for none.
inline std::string taken(char* text) {
  std::string copy = text == nullptr ? "" : text;
  g_free(text);
  return copy;
}

inline void start_gmime() {
  static const bool started = (g_mime_init(), true);
  static_cast<void>(started);
}

}  // namespace tonghop
